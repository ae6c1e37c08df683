"""Who may open a page of the log-in or of the own account; and the page itself, in the look of the admin."""

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
    """For who is logged in: `view(request, site, …)`."""

    @wraps(view)
    def answer(request, site, *arguments, **named):
        return site.admin_view(lambda request: view(request, site, *arguments, **named))(request)

    return answer


def proved(view):
    """For who is logged in and has proved within minutes who they are; others are asked for it first."""

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
    """For whose log-in waits until they have set up a second factor, and for who may change their own.

    `view(request, site, user)`. Who has a second factor already must give it: this is no way around it.
    """
    inside = proved(lambda request, site: view(request, site, request.user))

    @wraps(view)
    def answer(request, site):
        user = steps.waiting(request)
        if user is None:
            return inside(request, site)
        return to("second_step") if factors.has_any(user) else view(request, site, user)

    return answer
