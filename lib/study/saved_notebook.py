"""What JupyterLab writes of the study's notebooks: their text, so that running them changes no file of the project.

`npm run lab` names `before_saving` as Jupyter's pre_save_hook. What was shown is kept in the folder that SONONAS_EXECUTED names, as the
notebook with its outputs. Notebooks of one's own, whose names do not begin with two digits, are saved as they are.
"""

import json
import os
import re

# The study's notebooks, as Jupyter names them: from the project's folder.
STUDY = re.compile(r"^/?notebooks/\d\d_[^/]*\.ipynb$")


def before_saving(model, path, contents_manager, **_):
    """Called by Jupyter with what it is about to write."""
    if model.get("type") != "notebook" or not STUDY.match(path):
        return
    content = model["content"]
    code = [cell for cell in content["cells"] if cell["cell_type"] == "code"]
    # A notebook that was opened again and not run has nothing to be kept, and its last outputs stay.
    if any(cell["outputs"] for cell in code):
        keep(content, os.path.basename(path))
    for cell in content["cells"]:
        cell["metadata"] = {}
    for cell in code:
        cell["execution_count"] = None
        cell["outputs"] = []
    content["metadata"] = metadata_on_disk(contents_manager.root_dir, path) or content["metadata"]


def keep(content, name):
    """Writes the executed notebook, beside its place and renamed."""
    folder = os.environ["SONONAS_EXECUTED"]
    os.makedirs(folder, exist_ok=True)
    partial = os.path.join(folder, f"{name}.partial")
    with open(partial, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1, sort_keys=True, ensure_ascii=False)
        file.write("\n")
    os.replace(partial, os.path.join(folder, name))


def metadata_on_disk(root, path):
    """The metadata of the notebook as the project has it: tools add to them who ran it where."""
    try:
        with open(os.path.join(root, path.lstrip("/")), encoding="utf-8") as file:
            return json.load(file)["metadata"]
    except (OSError, ValueError, KeyError):
        return None
