"""Pictures of difficult pages: as received, as the engine sees them, and what was found on them."""
