# Sends twenty orders, with Dapr's SDK for Python.
import json

from dapr.clients import DaprClient

with DaprClient() as dapr:
    for number in range(1, 21):
        dapr.invoke_binding("sample-topic", "create", json.dumps({"orderId": number}))
        print(f"sent order {number}", flush=True)
