"""Finding archived dossiers, and looking at one."""
