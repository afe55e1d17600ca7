"""Takes mail on a port and writes each letter into a folder, as it came.

By the part of an address before the at sign: "nobody" is refused, "barred" too, but by
policy, "full" has a full box, "later" is asked to come again until the file "open" is in
the folder.
"""
import asyncio, json, os, ssl, sys
from aiosmtpd.smtp import SMTP, AuthResult

folder, port, certificate, key = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.partition("@")[0]
        if name == "nobody":
            return "550 5.1.1 <%s>: no such user" % address
        if name == "barred":
            return "554 5.7.1 <%s>: relay access denied" % address
        if name == "full":
            return "552 5.2.2 <%s>: mailbox full" % address
        if name == "later" and not os.path.exists(os.path.join(folder, "open")):
            return "451 4.7.1 <%s>: greylisted, come again" % address
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        n = len([f for f in os.listdir(folder) if f.endswith(".eml")])
        path = os.path.join(folder, "%06d" % n)
        with open(path + ".to", "w") as f:
            json.dump(envelope.rcpt_tos, f)
        with open(path + ".new", "wb") as f:
            f.write(envelope.original_content)
        os.rename(path + ".new", path + ".eml")
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    return AuthResult(success=data.login == b"giaoban" and data.password == b"mat khau", handled=False)


secure = None
if certificate:
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(certificate, key)


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(Handler(), loop=loop, tls_context=secure, require_starttls=secure is not None,
                     auth_required=secure is not None, authenticator=authenticate, enable_SMTPUTF8=True, hostname="mail.test"),
        host="127.0.0.1", port=port)
    with open(os.path.join(folder, "pid"), "w") as f:
        f.write(str(os.getpid()))
    await server.serve_forever()

asyncio.run(main())
