# An app that prints each record it gets and acknowledges it. Needs nothing but Python: python3 app.py
from wsgiref.simple_server import make_server


def app(request, answer):
    print(request["PATH_INFO"], request["wsgi.input"].read(int(request["CONTENT_LENGTH"] or 0)).decode(), flush=True)
    answer("204 No Content", [])
    return []


make_server("127.0.0.1", 3000, app).serve_forever()
