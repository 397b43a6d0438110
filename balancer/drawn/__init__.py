"""The board as readers see it, drawn here once in every language: a tree of elements that the widget only
hangs up.

So the widget stays small, every word stands in one place, and a page without scripts shows the same.
"""
