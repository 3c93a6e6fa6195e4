"""What was heard, entered as a whole: in the editor, from sheets and from memos."""
