"""A real mail server on this machine (RFC 5321, as much as smtplib needs), which fails as a test wants it."""

import email
import email.policy
import socketserver
import threading


class MailServer:
    """`taken`: what was accepted, as bytes; `got`: the same as EmailMessages. Usable as a context.

    `answers`: a function that is called with the recipient of each mail and returns "" to take it, an answer such as
    "451 Later" after its text, or "cut": then the mail is dropped and the connection closed.
    """

    def __init__(self, answers=None, port=0):
        self.taken, self.answers, self.lock = [], answers or (lambda recipient: ""), threading.Lock()
        mailserver = self

        class Handler(socketserver.StreamRequestHandler):
            def say(self, text):
                self.wfile.write(f"{text}\r\n".encode())

            def handle(self):
                self.say("220 test")
                recipient = ""
                while line := self.rfile.readline():
                    command = line.decode().strip()
                    verb = command[:4].upper()
                    if verb == "DATA":
                        if not self.take(recipient):
                            return
                    elif verb == "QUIT":
                        return self.say("221 Bye")
                    elif verb == "RCPT":
                        recipient = command.partition("<")[2].partition(">")[0]
                        answer = mailserver.answers(recipient) if recipient.startswith("nobody") else ""
                        self.say(answer or "250 OK")
                    else:
                        self.say("250 OK")
                return None

            def take(self, recipient):
                self.say("354 Go on")
                text = b""
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    text += line[1:] if line.startswith(b"..") else line
                answer = mailserver.answers(recipient)
                if answer == "cut":
                    return False
                if not answer:
                    with mailserver.lock:
                        mailserver.taken.append(text)
                self.say(answer or "250 Taken")
                return True

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = daemon_threads = True

            def handle_error(self, request, client_address):
                """A worker that is killed leaves its connection: that is no error."""

        self.server = Server(("127.0.0.1", port), Handler)
        self.port = self.server.server_address[1]

    @property
    def got(self):
        return [email.message_from_bytes(text, policy=email.policy.default) for text in self.taken]

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, args=[0.05], daemon=True).start()
        return self

    def __exit__(self, *error):
        self.server.shutdown()
        self.server.server_close()
