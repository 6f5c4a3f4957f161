"""How many pages a second the parts around recognition carry, and what limits them."""
