"""Network scanners that speak eSCL (AirScan, Mopria) over HTTP or HTTPS: no vendor driver is needed."""
