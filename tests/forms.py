"""What a browser would send back if somebody changed only this in an admin form."""


def filled(response, **changes):
    """The form's fields as shown, with changes; `{"region_rows-0-region": 5}` reaches a row."""
    data = {}
    for form in _forms(response.context):
        for bound in form:
            value = _sent(bound)
            if value is not None:
                data[bound.html_name] = value
    return data | {name: "" if value is None else value for name, value in changes.items()}


def errors(response):
    """{field: sentences} of the form, and the sentences of each inline under the name of its rows."""
    context = response.context
    found = {name: list(sentences) for name, sentences in context["adminform"].form.errors.items()}
    for inline in context["inline_admin_formsets"]:
        formset = inline.formset
        sentences = [*formset.non_form_errors(), *(text for form in formset.forms for text in _flat(form.errors))]
        if sentences:
            found[formset.prefix] = sentences
    return found


def _flat(found):
    return [text for sentences in found.values() for text in sentences]


def _forms(context):
    yield context["adminform"].form
    for inline in context["inline_admin_formsets"]:
        yield inline.formset.management_form
        yield from inline.formset.forms


def _sent(bound):
    widget = getattr(bound.field.widget, "widget", bound.field.widget)
    value = bound.value()
    if getattr(widget, "input_type", "") == "checkbox" and not hasattr(widget, "choices"):
        return "on" if value else None
    if getattr(widget, "input_type", "") == "file":
        return None
    shown = widget.format_value(value)
    if isinstance(shown, list):
        shown = [text for text in shown if text] if getattr(widget, "allow_multiple_selected", False) else shown[0]
    return "" if shown is None else shown
