"""Confirmation (内容確認): what goes to a city, and what becomes of its answers."""
