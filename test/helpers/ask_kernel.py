"""Starts the tslab kernel as Jupyter does and asks it things, for the tests.

Reads a JSON list of requests from standard input: {"execute": code} (with {"idle": seconds} that the reader takes off after the first
output, and {"keep": count}, the characters that are kept of each text), {"complete": code} (at its end), {"inspect": [code, position]}
or {"wait": seconds}. Prints a JSON list with one answer each. The first argument is the kernel's folder.
"""

import json
import subprocess
import sys
import time

from jupyter_client.manager import start_new_kernel


def answer(client, request):
    """Asks the kernel one thing."""
    if "execute" in request:
        outputs = []

        def keep(message):
            content = message["content"]
            if message["msg_type"] in ("stream", "display_data", "update_display_data"):
                outputs.append({"type": message["msg_type"], "name": content.get("name"), "text": content.get("text"), "data": content.get("data")})
                if "keep" in request:
                    outputs[-1]["text"] = content["text"][: request["keep"]]
                if len(outputs) == 1:
                    time.sleep(request.get("idle", 0))

        reply = client.execute_interactive(request["execute"], timeout=120, output_hook=keep)
        return {"status": reply["content"]["status"], "outputs": outputs}
    if "wait" in request:
        time.sleep(request["wait"])
        return {}
    if "complete" in request:
        message = client.complete(request["complete"], len(request["complete"]), reply=True, timeout=60)
        return {"matches": message["content"]["matches"]}
    code, position = request["inspect"]
    message = client.inspect(code, position, reply=True, timeout=60)
    return {"text": message["content"]["data"].get("text/plain", "")}


# The kernel gets no share in this pipe: Node makes it one that does not wait, and a long answer would be cut.
manager, client = start_new_kernel(kernel_name="tslab", cwd=sys.argv[1], startup_timeout=120, stdout=subprocess.DEVNULL)
try:
    print(json.dumps([answer(client, request) for request in json.load(sys.stdin)]))
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
