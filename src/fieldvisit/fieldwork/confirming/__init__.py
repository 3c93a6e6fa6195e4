"""Passages that go to a city to be confirmed (内容確認), and what it says of them."""
