"""Pictures of pages, for every screen that shows one."""
