"""Every address of the admin, and to whom it is open: the table of `test_admin_doors.py`.

A new address gets a line in DOORS: its route, as the test that fails prints it, and a `Door`.
"""

from dataclasses import dataclass, field

# Writer, translator, editor and approver are of one office, the chief approves everywhere, the admin is a superuser.
ROLES = ("anonymous", "writer", "translator", "editor", "approver", "chief", "admin")
NOBODY = frozenset()
ALL = frozenset(ROLES)
STAFF = ALL - {"anonymous"}
WRITERS = STAFF - {"translator"}
EDITORS = WRITERS - {"writer"}
APPROVERS = EDITORS - {"editor"}
CENTRAL = frozenset({"chief", "admin"})
ADMIN = frozenset({"admin"})


@dataclass(frozen=True)
class Door:
    """`get` and `post`: the roles to which it is open, for what belongs to their own office.

    `of`: what its route leads to; the test opens it with each row of that name. `post_of_own`: everybody sees the rows
    of other offices, but only central roles change or end them. `shut`: the answer to the others, beside 404 for what
    they may not even see. `sent`: what is posted; if that names the row ("{row}"), a GET names none. `extra`: what is
    added to the address.
    """

    get: frozenset = NOBODY
    post: frozenset = NOBODY
    of: str = ""
    post_of_own: bool = False
    shut: int = 403
    sent: dict = field(default_factory=dict)
    extra: str = ""


def model(path, view=STAFF, change=NOBODY, add=NOBODY, delete=NOBODY, post_of_own=False):
    """The six addresses that Django gives every model."""
    name, one = path.rpartition("/")[2], f"{path}/<path:object_id>"
    own = {"of": name, "post_of_own": post_of_own}
    return {
        f"{path}/": Door(view, view, sent={"action": "submit", "_selected_action": "{all}"}),
        f"{path}/add/": Door(add, add),
        f"{one}/": Door(STAFF, STAFF, **own),  # redirects to the form, whoever asks
        f"{one}/change/": Door(view, change, **own, sent={"_save": "Save"}),
        f"{one}/history/": Door(view, view, **own),
        f"{one}/delete/": Door(delete, delete, **own),
    }


def unsaved(path, writes, owner, **more):
    """The addresses of unsaved texts. The text whose key the test knows is that of `owner`."""
    kept = {"user": "{me}", "row": "{row}", "key": "b" * 32, "data": "[]"}
    return {
        f"{path}/unsaved/": Door(STAFF, writes, of=path.rpartition("/")[2], sent=kept, **more),
        f"{path}/unsaved/logged-in/": Door(STAFF),
        f"{path}/unsaved/<slug:key>/restore/": Door(NOBODY, frozenset({owner})),
        f"{path}/unsaved/<slug:key>/throw-away/": Door(NOBODY, frozenset({owner})),
    }


END = {"post_of_own": True, "shut": 302, "sent": {"day": "2030-01-01", "successor": ""}}
REMARK = {"text": "Why?", "paragraph": "0"}
PASS = {"people": "Ann, The Daily, ann@example.org", "languages": ["en"]}
BULK = {"article": "{versions}", "asked": "1", "do": "1", "reason": "Because.", "chosen": "{topic}"}
ARTICLE = "articles/article/<int:pk>"
DOORS = {
    # The site itself
    "": Door(STAFF, STAFF),
    "login/": Door({"anonymous"}, ALL),  # to others it shows the desk
    "logout/": Door(NOBODY, STAFF, shut=405),
    # Who must have a second factor and has none opens what sets it up, and nothing else: `SET_UP`.
    "login/second-step/": Door(shut=302),  # without a password before it
    "login/passkey/": Door(NOBODY, ALL, shut=405),  # tells what a browser asks its passkeys
    "login/it-is-me/": Door(STAFF, STAFF),
    "login/set-up/": Door(STAFF, STAFF),
    "login/reset/": Door(ALL, ALL, sent={"email": "edna@example.org"}),
    "login/reset/asked/": Door(ALL, shut=405),
    "login/reset/<uidb64>/<token>/": Door(ALL, ALL),  # without the right token it only says so
    "login/invitation/<str:token>/": Door(shut=404),
    "login/invitation/<str:token>/passkey/": Door(shut=404),
    "login/sso/": Door(shut=404),
    "login/sso/back/": Door(shut=404),
    "login/sso/log-out/": Door(shut=404),
    "account/": Door(STAFF, shut=405),
    "account/app/": Door(STAFF, STAFF, sent={"code": "123456"}),
    "account/app/remove/": Door(NOBODY, STAFF, shut=405),
    "account/passkeys/question/": Door(NOBODY, STAFF, shut=405),
    "account/passkeys/add/": Door(NOBODY, STAFF, shut=405, sent={"passkey": "{}"}),
    "account/passkeys/<int:pk>/remove/": Door(NOBODY, frozenset({"editor"}), shut=405, of="passkey"),
    "account/recovery-codes/": Door(NOBODY, STAFF, shut=405),
    "account/sessions/end/": Door(NOBODY, STAFF, shut=405),
    "account/sso/": Door(shut=404),
    "account/sso/disconnect/": Door(NOBODY, STAFF, shut=405),
    "password_change/": Door(STAFF, STAFF),
    "password_change/done/": Door(STAFF),
    "autocomplete/": Door(STAFF, extra="?app_label=articles&model_name=article&field_name=redirect_to&term="),
    "jsi18n/": Door(STAFF),
    "my-settings/": Door(STAFF, STAFF, sent={"mails": "daily", "language": "fr"}),
    "r/<int:content_type_id>/<int:object_id>/": Door(STAFF, STAFF, of="shown"),
    "^r/": Door(shut=404),
    "r/<path:content_type_id>/<path:object_id>/": Door(shut=404),
    "^(?P<app_label>contacts|articles|newsroom|auth)/$": Door(STAFF, STAFF),
    "(?P<url>.*)$": Door(shut=404),
    # Places, offices, contacts, memberships
    **model("contacts/office", change=WRITERS, add=CENTRAL, delete=ADMIN, post_of_own=True),
    "contacts/office/<int:pk>/end/": Door(EDITORS, EDITORS, **END, of="office"),
    **model("contacts/contact", change=EDITORS, add=EDITORS, delete=ADMIN, post_of_own=True),
    "contacts/contact/<int:pk>/end/": Door(EDITORS, EDITORS, **END, of="contact"),
    **model("contacts/region", change=CENTRAL, add=CENTRAL, delete=ADMIN),
    **model("contacts/country", change=CENTRAL, add=CENTRAL, delete=ADMIN),
    **model("contacts/membership", ADMIN, ADMIN, ADMIN, ADMIN),
    # Articles
    **model("articles/article", change=WRITERS, add=WRITERS, delete=EDITORS),
    "articles/article/from-text/": Door(WRITERS, WRITERS, sent={"text": "A text"}),
    "articles/article/clean-html/": Door(NOBODY, STAFF, shut=405),
    f"{ARTICLE}/preview/": Door(STAFF, NOBODY, of="article"),
    f"{ARTICLE}/people/": Door(NOBODY, WRITERS, of="article", sent={"limited": "1", "people": "{me}"}),
    f"{ARTICLE}/move/<slug:name>/": Door(WRITERS, WRITERS, of="article", shut=302),
    f"{ARTICLE}/translate/<slug:language>/": Door(NOBODY, STAFF, of="article"),
    f"{ARTICLE}/checks/": Door(NOBODY, STAFF, of="article", shut=405),
    f"{ARTICLE}/still-right/": Door(NOBODY, WRITERS, of="shown", sent={"again": "2030-01-01"}),
    "articles/article/link-targets/": Door(STAFF, NOBODY, shut=405, extra="?q=SECRET&language=en"),
    "articles/article/together/<slug:name>/": Door(NOBODY, STAFF, sent=BULK),
    "articles/article/calendar/": Door(STAFF, extra="?view=month"),
    f"{ARTICLE}/schedule/": Door(NOBODY, WRITERS, of="article", sent={"field": "publish_at", "at": "2099-01-01T10:00"}),
    "articles/article/translations/": Door(STAFF),
    "articles/article/readers/": Door(STAFF),
    f"{ARTICLE}/readers/": Door(STAFF, of="article"),
    f"{ARTICLE}/up-to-date/": Door(NOBODY, STAFF, of="translation", sent={"revision": "{text of source}"}),
    f"{ARTICLE}/machine/": Door(STAFF, STAFF, of="translation"),
    f"{ARTICLE}/waive/<slug:language>/": Door(NOBODY, STAFF, of="article"),
    f"{ARTICLE}/read-instead/": Door(APPROVERS, APPROVERS, of="withdrawn", shut=302, sent={"instead": "{shown}"}),
    # History, remarks, who acts next
    f"{ARTICLE}/history/": Door(STAFF, STAFF, of="article"),
    f"{ARTICLE}/history/compare/": Door(STAFF, of="article", extra="?old={history}"),
    f"{ARTICLE}/history/<int:number>/": Door(STAFF, of="article"),
    f"{ARTICLE}/history/<int:number>/restore/": Door(NOBODY, WRITERS, of="article"),
    f"{ARTICLE}/review/": Door(STAFF, of="article"),
    f"{ARTICLE}/read/": Door(NOBODY, STAFF, of="article"),
    f"{ARTICLE}/remarks/": Door(NOBODY, STAFF, of="article", sent=REMARK),
    f"{ARTICLE}/remarks/<int:number>/answer/": Door(NOBODY, STAFF, of="article", sent=REMARK),
    f"{ARTICLE}/remarks/<int:number>/settle/": Door(NOBODY, WRITERS, of="article"),  # somebody else's remark
    f"{ARTICLE}/assign/": Door(NOBODY, WRITERS, of="article", sent={"assignee": "{other}"}),
    **model("articles/deletedarticle"),
    # Before it is public: to people outside, and to the person who writes
    f"{ARTICLE}/review-links/": Door(WRITERS, WRITERS, of="article", sent={"name": "Ann", "days": "3"}),
    f"{ARTICLE}/review-links/<int:link>/revoke/": Door(NOBODY, WRITERS, of="article"),
    f"{ARTICLE}/passes/": Door(EDITORS, EDITORS, of="article", sent=PASS),
    f"{ARTICLE}/passes/openings.csv": Door(EDITORS, of="article"),
    f"{ARTICLE}/passes/<int:given>/revoke/": Door(NOBODY, EDITORS, of="article"),
    "articles/article/unsaved-preview/": Door(NOBODY, WRITERS, sent={"language": "en"}),
    f"{ARTICLE}/unsaved-preview/": Door(NOBODY, WRITERS, of="article", sent={"language": "en"}),
    **unsaved("articles/article", WRITERS, "writer"),
    # Boilerplates, quotes, the glossary
    **model("articles/boilerplate", change=EDITORS, add=EDITORS, delete=ADMIN, post_of_own=True),
    **model("articles/quote"),
    **model("articles/glossaryterm", change=CENTRAL, add=CENTRAL, delete=ADMIN),
    # Enquiries and coverage
    **model("articles/enquiry", EDITORS, EDITORS, EDITORS, ADMIN),
    **model("articles/coverage", change=EDITORS, add=EDITORS, delete=EDITORS),
    # Journalists and press lists
    "articles/journalist/import/": Door(EDITORS, EDITORS),
    "articles/journalist/export.csv": Door(EDITORS),
    "articles/journalist/<int:pk>/data.json": Door(EDITORS, of="journalist"),
    **model("articles/journalist", EDITORS, EDITORS, EDITORS, EDITORS),
    "articles/presslist/<int:pk>/journalists.csv": Door(EDITORS, of="presslist"),
    **model("articles/presslist", EDITORS, EDITORS, EDITORS, EDITORS),
    # Old addresses of a former system
    "articles/oldaddress/try/": Door(STAFF, shut=405, extra="?address=/foreign"),
    "articles/oldaddress/import/": Door(CENTRAL, CENTRAL),
    "articles/oldaddress/export.csv": Door(STAFF, shut=405),
    **model("articles/oldaddress", change=CENTRAL, add=CENTRAL, delete=CENTRAL),
    f"{ARTICLE}/press/": Door(EDITORS, EDITORS, of="article"),
    "articles/sending/<int:pk>/confirm/": Door(NOBODY, EDITORS, of="sending"),
    "articles/sending/<int:pk>/throw-away/": Door(NOBODY, EDITORS, of="sending"),
    "articles/sending/<int:pk>/preview/<slug:language>/": Door(of="sending", shut=404),  # of a plan that sends nothing
    **model("articles/sending", EDITORS),
    # The front page
    **model("articles/pin", change=CENTRAL, add=CENTRAL, delete=CENTRAL),
    **model("articles/banner", change=CENTRAL, add=CENTRAL, delete=CENTRAL),
    # The media library
    "articles/image/<int:pk>/replace/": Door(EDITORS, EDITORS, of="image"),
    "articles/image/<int:pk>/former/<int:former>/": Door(of="image", shut=404),
    "articles/image/add-many/": Door(WRITERS, WRITERS),
    **model("articles/image", change=EDITORS, add=WRITERS, delete=ADMIN),
    "articles/image/upload/": Door(NOBODY, WRITERS, sent={"file": "{picture}"}),
    "articles/image/pick/": Door(STAFF, STAFF),
    "articles/attachment/<int:pk>/replace/": Door(EDITORS, EDITORS, of="attachment"),
    "articles/attachment/<int:pk>/former/<int:former>/": Door(of="attachment", shut=404),
    "articles/attachment/add-many/": Door(EDITORS, EDITORS),
    **model("articles/attachment", change=EDITORS, add=EDITORS, delete=ADMIN),
    "articles/recording/<int:pk>/replace/": Door(EDITORS, EDITORS, of="recording"),
    "articles/recording/<int:pk>/former/<int:former>/": Door(of="recording", shut=404),
    "articles/recording/add-many/": Door(EDITORS, EDITORS),
    **model("articles/recording", change=EDITORS, add=EDITORS, delete=ADMIN),
    **model("articles/topic", change=CENTRAL, add=CENTRAL, delete=ADMIN),
    **model("articles/importrun"),
    "articles/importrun/table/": Door(CENTRAL, CENTRAL),
    "articles/importrun/table/<int:pk>/": Door(CENTRAL, CENTRAL, of="waitingtable"),
    "articles/importrun/table/<int:pk>/plan/": Door(CENTRAL, CENTRAL, of="waitingtable"),
    **model("newsroom/page", change=CENTRAL, add=CENTRAL, delete=ADMIN),
    "newsroom/theme/<int:pk>/preview/": Door(STAFF, of="theme"),
    **model("newsroom/theme", change=CENTRAL, add=CENTRAL, delete=CENTRAL),
    # Unsaved texts of the forms of rows with a code
    **unsaved("contacts/office", WRITERS, "chief", post_of_own=True),
    **unsaved("contacts/contact", EDITORS, "editor", post_of_own=True),
    **unsaved("contacts/region", CENTRAL, "chief"),
    **unsaved("contacts/country", CENTRAL, "chief"),
    **unsaved("articles/boilerplate", EDITORS, "editor", post_of_own=True),
    **unsaved("articles/glossaryterm", CENTRAL, "chief"),
    **unsaved("articles/banner", CENTRAL, "chief"),
    **unsaved("articles/topic", CENTRAL, "chief"),
    **unsaved("newsroom/page", CENTRAL, "chief"),
    # E-mail alerts
    **model("articles/subscription", CENTRAL, delete=CENTRAL),
    **model("articles/delivery", CENTRAL),
    **unsaved("newsroom/theme", CENTRAL, "chief"),
    # Webhooks
    **model("articles/webhook", CENTRAL, CENTRAL, CENTRAL, CENTRAL),
    "articles/webhook/<int:pk>/log/": Door(CENTRAL, CENTRAL, of="webhook"),
    "articles/webhook/<int:pk>/secret/": Door(NOBODY, CENTRAL, of="webhook"),
    "articles/webhook/<int:pk>/test/": Door(NOBODY, CENTRAL, of="webhook"),
    "articles/webhook/<int:pk>/messages/<int:number>/again/": Door(NOBODY, CENTRAL, of="webhook"),
    # Accounts
    **model("auth/user", ADMIN, ADMIN, ADMIN, ADMIN),
    **model("auth/group", ADMIN, ADMIN, ADMIN, ADMIN),
    "auth/user/<id>/password/": Door(ADMIN, ADMIN, of="user"),
    "auth/user/<id>/second-factor/": Door(ADMIN, ADMIN, of="user"),
    **model("newsroom/invitation", ADMIN, add=ADMIN, delete=ADMIN),
    "newsroom/invitation/<int:pk>/revoke/": Door(NOBODY, ADMIN, of="invitation"),
    "newsroom/invitation/<int:pk>/again/": Door(NOBODY, ADMIN, of="invitation"),
}
# What opens while an account owes its second factor.
SET_UP = {"login/set-up/", "account/app/", "account/passkeys/question/", "account/passkeys/add/"}
# {label of a model: (the role whose unsaved text the test knows, its key)}
UNSAVED = {
    "articles.article": ("writer", "a" * 32), "articles.boilerplate": ("editor", "d" * 32),
    "articles.banner": ("chief", "1" * 32), "articles.glossaryterm": ("chief", "2" * 32),
    "articles.topic": ("chief", "3" * 32), "contacts.contact": ("editor", "4" * 32),
    "contacts.country": ("chief", "5" * 32), "contacts.office": ("chief", "6" * 32),
    "contacts.region": ("chief", "7" * 32), "newsroom.page": ("chief", "c" * 32),
    "newsroom.theme": ("chief", "e" * 32),
}  # fmt: skip
# What stands for the other parts of routes.
PARTS = {
    **{
        f"{label.partition('.')[2]}/unsaved/<slug:key>": f"{label.partition('.')[2]}/unsaved/{key}"
        for label, (_role, key) in UNSAVED.items()
    },
    "<int:former>": "999999", "messages/<int:number>": "messages/1", "<slug:name>": "submit", "<slug:language>": "fr",
    "<uidb64>/<token>": "MQ/set-password", "<str:token>": "nonsense",
    "(?P<url>.*)$": "nonsense/",
    "^(?P<app_label>contacts|articles|newsroom|auth)/$": "articles/",
}  # fmt: skip
