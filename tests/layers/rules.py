#!/usr/bin/env python3
"""Checks the rules of src/ARCHITECTURE.md that a compiler does not.

usage: rules.py [ROOT]     prints file:line: what is wrong; exits 1 when anything is
"""
import re
import sys
from pathlib import Path

import functions

ROOTS = ("include", "src", "providers", "tests", "examples")
PRODUCT = ("include", "src", "providers")
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60

# Layer (longest folder wins) -> the include prefixes it may use, beside its own folder.
LAYERS = {
    "include/stackctl": ["stackctl/"],
    "src/core": ["stackctl/", "core/"],
    "src/kinds": ["stackctl/", "core/", "kinds/"],
    "src/stack": ["stackctl/", "core/", "stack/"],
    "src/engine": ["stackctl/", "core/", "engine/"],
    "src/net": ["stackctl/", "core/", "engine/transport.h", "engine/commands.h", "net/"],
    "src/simulator": ["stackctl/", "core/", "engine/transport.h", "simulator/"],
    "src/backend": ["stackctl/", "core/", "backend/"],
    "src/cli": ["stackctl/", "core/", "cli/", "stack/", "engine/", "kinds/", "backend/"],
}

# Library -> the places whose .cpp files may include it. Headers may include none of them, but for
# those that no other layer sees: the simulator's records are JSON, the table of libcurl's functions
# has libcurl's types.
HEADERS_WITH_LIBRARIES = ("src/simulator/account.h", "src/net/curl_library.h")
LIBRARIES = {
    r"nlohmann/": ["src/core", "src/simulator", "providers"],
    r"openssl/": ["src/core"],
    r"yaml\.h": ["src/stack"],
    r"curl/": ["src/net"],
    r"httplib\.h": ["src/simulator"],
    r"toml\+\+/": ["providers"],
    r"CLI/": ["src/cli", "src/main.cpp"],
    r"(spdlog|fmt)/": ["src/cli", "src/main.cpp"],
}

# Folder of a provider -> the others of it that it may use. What lies beside them may use all.
PROVIDER_FOLDERS = {
    "api": [],
    "login": ["api"],
    "types": ["api"],
    "listing": ["api", "types"],
    "lower": ["api", "types"],
}

CLOUDLESS = ("src/core", "src/backend", "src/kinds", "src/stack", "src/engine", "src/net")
CLOUD = re.compile(r"exoscale|openstack|\baws\b|docker", re.IGNORECASE)

REAL_WORLD = re.compile(
    r"(system|steady|high_resolution)_clock::now|random_device|sleep_(for|until)|\bu?sleep\("
    r"|time\((nullptr|NULL|0)\)|\bs?rand\(|gettimeofday|clock_gettime|getrandom|RAND_bytes")
REAL_WORLD_ALLOWED = re.compile(r"src/net/|src/main\.cpp$|src/simulator/server[^/]*\.cpp$")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def within(path, folder):
    return path == folder or path.startswith(folder + "/")


def numbered(text):
    return enumerate(text.splitlines(), start=1)


def includes(text):
    for line, content in numbered(text):
        match = INCLUDE.match(content)
        if match:
            yield line, match.group(1), match.group(2)


def allowed_prefixes(path):
    for folder, prefixes in LAYERS.items():
        if within(path, folder):
            return prefixes
    provider = re.match(r"providers/([^/]+)/(?:([^/]+)/)?", path)
    if not provider:
        return None  # main.cpp and the registry: everything meets there
    name, folder = provider.groups()
    inner = PROVIDER_FOLDERS.get(folder, PROVIDER_FOLDERS)
    return ["stackctl/"] + [f"{name}/{each}/" for each in inner]


def check_layers(path, text):
    prefixes = allowed_prefixes(path)
    if prefixes is None:
        return
    own_folder = path.startswith("providers/")
    for line, quote, name in includes(text):
        if quote == "<" or any(name.startswith(prefix) for prefix in prefixes):
            continue
        if own_folder and "/" not in name:
            continue
        yield line, f'"{name}" is out of bounds here; allowed: {", ".join(prefixes)}'


def check_libraries(path, text):
    if not path.startswith(PRODUCT):
        return
    for line, quote, name in includes(text):
        for library, places in LIBRARIES.items():
            if quote != "<" or not re.match(library, name):
                continue
            in_header = path.endswith(".h") and path not in HEADERS_WITH_LIBRARIES
            if in_header and not name.endswith("_fwd.hpp"):
                yield line, f"<{name}> is heavy: include it in a .cpp file only"
            elif not any(within(path, place) for place in places):
                yield line, f"<{name}> belongs to {', '.join(places)}"


def check_clouds(path, text):
    if not any(within(path, folder) for folder in CLOUDLESS):
        return
    for line, content in numbered(text):
        match = CLOUD.search(content)
        if match:
            yield line, f"'{match.group()}': this layer knows no cloud"


def check_real_world(path, text):
    if not path.startswith(PRODUCT) or REAL_WORLD_ALLOWED.match(path):
        return
    for line, content in numbered(functions.without_comments_and_strings(text)):
        match = REAL_WORLD.search(content)
        if match:
            yield line, f"'{match.group()}': time and randomness are passed in"


def check_sizes(path, text):
    count = len(text.splitlines())
    if count > MAX_FILE_LINES:
        yield count, f"the file has {count} lines, more than {MAX_FILE_LINES}"
    if not path.startswith(PRODUCT):
        return
    for function in functions.find(text):
        if function.lines > MAX_FUNCTION_LINES:
            yield function.line, (f"{function.name} has {function.lines} lines, "
                                  f"more than {MAX_FUNCTION_LINES}")


def check_header(path, text):
    if path.endswith(".h") and not re.search(r"^#pragma once$", text, re.MULTILINE):
        yield 1, "a header begins with #pragma once"


CHECKS = (check_layers, check_libraries, check_clouds, check_real_world, check_sizes, check_header)


def spelling(path):
    """How other files include this header, as far as include paths go."""
    return re.sub(r"^(include|src|tests|providers)/", "", path)


def check_names(paths):
    """Two headers of one spelling, or names that differ in case alone, get mixed up."""
    seen = {}
    for path in paths:
        key = spelling(path).lower() if path.endswith(".h") else path.lower()
        if key in seen:
            yield path, 1, f"is easily taken for {seen[key]}"
        seen.setdefault(key, path)


def violations(root):
    files = sorted(file for top in ROOTS for suffix in ("*.h", "*.cpp")
                   for file in (root / top).rglob(suffix))
    paths = [file.relative_to(root).as_posix() for file in files]
    for file, path in zip(files, paths):
        text = file.read_text(encoding="utf-8")
        for check in CHECKS:
            for line, message in check(path, text):
                yield path, line, message
    yield from check_names(paths)


def main():
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2]
    found = list(violations(root))
    for path, line, message in found:
        print(f"{path}:{line}: {message}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
