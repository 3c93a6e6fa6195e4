"""Excel workbooks that come back, read from their XML as people really return them."""
