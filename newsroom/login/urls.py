"""The URLs of the log-in and of the account, beneath that of the admin.

What is beneath `login/` is open to who is not logged in; the cookie of known browsers is sent there alone.
"""

from functools import partial, wraps

from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from .pages import by_mail, log_in, own_account, own_factors
from .pages.access_decorators import own, proved, setting_up
from .sso import back_channel
from .sso import pages as sso

both = require_http_methods(["GET", "HEAD", "POST"])


def addresses(site):
    def at(route, view, name, methods=both):
        view = wraps(view)(partial(view, site=site))
        protected = sensitive_post_parameters()(never_cache(csrf_protect(methods(view))))
        return path(route, protected, name=name)

    return [
        at("login/second-step/", log_in.second_step, "second_step"),
        at("login/passkey/", log_in.passkey, "passkey", require_POST),
        at("login/it-is-me/", own(log_in.prove), "prove"),
        at("login/set-up/", setting_up(own_factors.set_up), "set_up"),
        at("login/reset/", by_mail.ask_for_reset, "reset"),
        at("login/reset/asked/", by_mail.reset_asked, "reset_asked", require_GET),
        at("login/reset/<uidb64>/<token>/", by_mail.reset_confirm, "reset_confirm"),
        at("login/invitation/<str:token>/", by_mail.invitation, "invitation"),
        at("login/invitation/<str:token>/passkey/", by_mail.invitation_passkey, "invitation_passkey", require_POST),
        at("login/sso/", sso.go, "sso", require_GET),
        at("login/sso/back/", sso.back, "sso_back", require_GET),
        at("login/sso/log-out/", back_channel.log_out, "sso_log_out", require_POST),
        at("account/", own(own_account.security), "security", require_GET),
        at("account/app/", setting_up(own_factors.set_up_app), "account_app"),
        at("account/app/remove/", proved(own_factors.remove_app), "account_app_remove", require_POST),
        at("account/passkeys/question/", setting_up(own_factors.ask_for_passkey), "account_question", require_POST),
        at("account/passkeys/add/", setting_up(own_factors.add_passkey), "account_passkey", require_POST),
        at(
            "account/passkeys/<int:pk>/remove/",
            proved(own_factors.remove_passkey),
            "account_passkey_remove",
            require_POST,
        ),
        at("account/recovery-codes/", proved(own_factors.new_codes), "account_codes", require_POST),
        at("account/sessions/end/", own(own_account.end_sessions), "account_sessions", require_POST),
        at("account/sso/", proved(sso.connect), "account_sso", require_POST),
        at("account/sso/disconnect/", proved(own_account.disconnect), "account_sso_remove", require_POST),
    ]
