"""Confirming that the note on laws is the answer."""

from django import forms


class NoteAnswerForm(forms.Form):
    """The version of the answer that the page showed, 0 for none."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
