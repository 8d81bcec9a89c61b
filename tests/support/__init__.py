"""What tests share: servers, stages, the oracle that judges a page, golden folders."""
