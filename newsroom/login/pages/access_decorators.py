"""Decorators of the views of the log-in and the account: who may open them; and `page`, the admin's layout for them."""

from functools import wraps

from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from .. import factors, steps


def page(request, site, template, title, **context):
    """A page of `templates/admin/login/`."""
    return TemplateResponse(
        request, f"admin/login/{template}.html", {**site.each_context(request), "title": title, **context}
    )


def to(name, *arguments):
    return HttpResponseRedirect(reverse(f"admin:{name}", args=arguments))


def own(view):
    """The user must be logged in: `view(request, site, …)`."""

    @wraps(view)
    def answer(request, site, *arguments, **named):
        return site.admin_view(lambda request: view(request, site, *arguments, **named))(request)

    return answer


def proved(view):
    """The user must be logged in and have proved within minutes who they are; if not, the page asks for it first."""

    @wraps(view)
    def answer(request, site, *arguments, **named):
        if steps.is_recent(request):
            return view(request, site, *arguments, **named)
        return ask_to_prove(request)

    return own(answer)


def ask_to_prove(request):
    back = request.get_full_path() if request.method == "GET" else reverse("admin:security")
    return HttpResponseRedirect(f"{reverse('admin:prove')}?{urlencode({'next': back})}")


def setting_up(view):
    """For users who must set up a second factor to complete the log-in, and for logged-in users who change theirs.

    `view(request, site, user)`. A user who has a second factor already must give it first.
    """
    inside = proved(lambda request, site: view(request, site, request.user))

    @wraps(view)
    def answer(request, site):
        user = steps.waiting(request)
        if user is None:
            return inside(request, site)
        return to("second_step") if factors.has_any(user) else view(request, site, user)

    return answer
