# Varnish between nginx and the machines: it keeps what newsroom says may be kept (Cache-Control), spreads requests
# over the machines that run, and forgets pages at once when newsroom says so (PURGE_URL=varnish://host:6081).
# varnishd -a 127.0.0.1:6081 -f /etc/varnish/newsroom.vcl -s malloc,256M

vcl 4.1;

import directors;
import std;

# Not /readyz: while the database is away no machine is ready, and Varnish would refuse what they can still answer.
probe runs {
    .url = "/healthz";
    .interval = 1s;
    .timeout = 2s;
    .window = 3;
    .threshold = 2;
    .initial = 2;
}

backend first {
    .host = "127.0.0.1";
    .port = "8000";
    .probe = runs;
    .connect_timeout = 1s;
    .first_byte_timeout = 60s;
}

backend second {
    .host = "127.0.0.1";
    .port = "8001";
    .probe = runs;
    .connect_timeout = 1s;
    .first_byte_timeout = 60s;
}

# The machines of newsroom, which may tell that something was published.
acl machines {
    "127.0.0.1";
}

sub vcl_init {
    new all = directors.round_robin();
    all.add_backend(first);
    all.add_backend(second);
}

sub vcl_recv {
    set req.backend_hint = all.backend();
    if (req.method == "PURGE") {
        # Varnish itself has written one address: with a second one the request came through nginx.
        if (client.ip !~ machines || req.http.X-Forwarded-For ~ "," || !req.http.Surrogate-Key) {
            return (synth(403));
        }
        # \b and not a whole line: an answer may have several keys.
        if (!std.ban("obj.http.Surrogate-Key ~ \b(" + regsuball(req.http.Surrogate-Key, " ", "|") + ")\b")) {
            return (synth(400, std.ban_error()));
        }
        return (synth(200, "Purged"));
    }
    # nginx has written the client's address; what Varnish has added is the address of nginx.
    set req.http.X-Forwarded-For = regsub(req.http.X-Forwarded-For, ",[^,]*$", "");

    if ((req.method != "GET" && req.method != "HEAD") || req.url ~ "^/(admin|i18n|review|press)/" || req.http.Authorization) {
        return (pass);
    }
    # While no machine runs, readers get what was there in the last ten minutes.
    if (std.healthy(req.backend_hint)) {
        set req.grace = 15s;
    }
    # Public pages read no cookie. Files of drafts do: newsroom forbids to keep what it shows to their editors.
    if (req.url !~ "^/media/") {
        unset req.http.Cookie;
    }
    return (hash);
}

sub vcl_backend_fetch {
    # In a second attempt another machine.
    if (bereq.retries > 0) {
        set bereq.backend = all.backend();
    }
}

sub vcl_backend_response {
    if (beresp.status >= 500) {
        if (bereq.retries < 1 && (bereq.method == "GET" || bereq.method == "HEAD")) {
            return (retry);
        }
        # Better the page that is kept than an error in its place.
        if (bereq.is_bgfetch) {
            return (abandon);
        }
        set beresp.uncacheable = true;
        set beresp.ttl = 0s;
        return (deliver);
    }
    if (beresp.ttl > 0s) {
        set beresp.grace = 10m;
    }
}

sub vcl_backend_error {
    if (bereq.retries < 2 && (bereq.method == "GET" || bereq.method == "HEAD")) {
        return (retry);
    }
}
