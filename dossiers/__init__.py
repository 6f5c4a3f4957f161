"""The domain: what the office knows of procedures, dossiers, papers and codes; standard library only."""
