"""For the admins of every app: a form that is saved without a change writes nothing."""


def has_changed(form, formsets):
    return form.has_changed() or any(formset.has_changed() for formset in formsets)


class WritesChanges:
    """Writes the row and an entry of the log only if the form, or the rows within it, have changed."""

    def save_model(self, request, obj, form, change):
        if not change or form.has_changed():
            super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not change or has_changed(form, formsets):
            self.after_change(request, form)

    def after_change(self, request, form):
        """What follows from a change, when the row and the rows within its form are stored."""

    def log_change(self, request, obj, message):
        if message:
            return super().log_change(request, obj, message)
        return None
