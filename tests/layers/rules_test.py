#!/usr/bin/env python3
"""Shows that rules.py finds each kind of violation, and nothing in clean code."""
import tempfile
import unittest
from pathlib import Path

import functions
import rules

LONG = "  work();\n" * 60

VIOLATIONS = {
    "include/stackctl/a.h": ('#pragma once\n#include "engine/plan.h"\n', 2, "out of bounds"),
    "include/stackctl/b.h": ("#pragma once\n#include <nlohmann/json.hpp>\n", 2, "heavy"),
    "include/stackctl/c.h": ("int x();\n", 1, "#pragma once"),
    "src/core/d.cpp": ('#include "engine/plan.h"\n', 1, "out of bounds"),
    "src/stack/e.cpp": ('#include "engine/plan.h"\n', 1, "out of bounds"),
    "src/engine/f.cpp": ('#include "net/lanes.h"\n', 1, "out of bounds"),
    "src/net/g.cpp": ('#include "engine/plan.h"\n', 1, "out of bounds"),
    "src/simulator/h.cpp": ('#include "engine/plan.h"\n', 1, "out of bounds"),
    "src/cli/i.cpp": ('#include "net/lanes.h"\n', 1, "out of bounds"),
    "providers/one/j.cpp": ('#include "core/model.h"\n', 1, "out of bounds"),
    "providers/one/api/t.cpp": ('#include "one/types/type.h"\n', 1, "out of bounds"),
    "providers/one/types/u.cpp": ('#include "one/lower/tools.h"\n', 1, "out of bounds"),
    "providers/one/lower/v.cpp": ('#include "two/api/wire.h"\n', 1, "out of bounds"),
    "providers/one/k.cpp": ('#include "../two/errors.h"\n', 1, "out of bounds"),
    "src/engine/l.cpp": ("int x;\n// as Docker does\n", 2, "knows no cloud"),
    "src/kinds/m.cpp": ('auto x = "AWS";\n', 1, "knows no cloud"),
    "src/engine/n.cpp": ("auto x = std::chrono::steady_clock::now();\n", 1, "passed in"),
    "src/simulator/o.cpp": ("auto x = rand();\n", 1, "passed in"),
    "src/cli/p.cpp": ("int x;\n" * 401, 401, "401 lines"),
    "src/cli/q.cpp": ("\nvoid f() {\n" + LONG + "}\n", 2, "f has 62 lines"),
    "src/engine/r.cpp": ("#include <curl/curl.h>\n", 1, "belongs to src/net"),
    "tests/unit/s.cpp": ("int x;\n" * 401, 401, "401 lines"),
    "src/net/Case.h": ("#pragma once\n", None, None),
    "src/net/case.h": ("#pragma once\n", 1, "taken for src/net/Case.h"),
}

CLEAN = {
    "src/main.cpp": '#include "net/lanes.h"\n#include "exoscale/provider.h"\nauto t = system_clock::now();\n',
    "src/engine/a.cpp": '#include "engine/a.h"\n#include <vector>\n#include "core/model.h"\n'
                        '// awsome; operand( is no rand(\nauto x = operand(1); // steady_clock::now\n',
    "src/net/b.cpp": '#include "engine/transport.h"\nauto t = steady_clock::now();\n',
    "src/simulator/server.cpp": "#include <httplib.h>\nvoid f() { sleep_for(delay); }\n",
    "providers/one/c.cpp": '#include "types.h"\n#include "stackctl/value.h"\n#include <toml++/toml.h>\n',
    "providers/one/lower/d.cpp": '#include "tools.h"\n#include "one/types/type.h"\n',
    "providers/one/provider.cpp": '#include "one/lower/lowerings.h"\n',
    "src/kinds/table.cpp": "namespace x {\nconst Schema table = {\n" + '    text("a", "b").required(),\n' * 80 +
                           "};\n}  // namespace x\n",
    "tests/unit/d.cpp": "TEST_CASE(\"x\") {\n" + LONG + "}\n",
}

BODY = "{\n" + LONG + "}\n"
LONG_FUNCTIONS = {
    "free": "int f(int a, std::vector<int> b = {}) " + BODY,
    "method": "struct S {\n public:\n  void f() const noexcept override " + BODY + "};\n",
    "constructor": "S::S(int a) : a_(a), b_{a} " + BODY,
    "constructor without arguments": "S::S() : base<int>(1) " + BODY,
    "operator": "bool operator==(const S& a, const S& b) " + BODY,
    "template": "template <typename T = int>\nauto f(T t) -> std::vector<T> " + BODY,
    "callable": "int f(std::function<void(int)> g = {}) " + BODY,
    "lambda in a table": "const Table t{\n  .custom = [](int a) " + BODY + "};\n",
    "anonymous namespace": "namespace {\nvoid f() " + BODY + "}\n",
    "quotes": "auto a = '\"'; auto b = 1'000;\nvoid f() " + BODY,
    "raw string": 'auto a = R"({"a": "{{{")";\nvoid f() ' + BODY,
}
NO_FUNCTIONS = {
    "namespace": "namespace a::b " + BODY,
    "class": "class A final : public B<C(int)> {\n" + "  int x;\n" * 80 + "};\n",
    "enumeration": "enum class A : int {\n" + "  a,\n" * 80 + "};\n",
    "table": "const Row rows[] = {\n" + "  {f(1), {2}},\n" * 80 + "};\n",
    "braced table": "extern const ResourceType group{\n    .name = \"x\",\n" + "    .a = f(g()),\n" * 80 + "};\n",
    "constexpr array": "constexpr std::array<Row, 80> rows{{\n" + "  {1},\n" * 80 + "}};\n",
    "short functions": "void f() {\n  work();\n}\n" * 80,
    "functions of a class": "struct S {\n" + "  int f() { return 1; }\n" * 80 + "};\n",
}


def found_in(files):
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return list(rules.violations(Path(folder)))


class RulesTest(unittest.TestCase):
    def test_violations(self):
        found = found_in({path: text for path, (text, _, _) in VIOLATIONS.items()})
        for path, (_, line, message) in VIOLATIONS.items():
            with self.subTest(path):
                here = [(at, what) for where, at, what in found if where == path]
                self.assertEqual([at for at, _ in here], [line] if line else [])
                if line:
                    self.assertIn(message, here[0][1])

    def test_clean(self):
        self.assertEqual(found_in(CLEAN), [])

    def test_long_functions(self):
        for name, text in LONG_FUNCTIONS.items():
            with self.subTest(name):
                self.assertEqual(len([f for f in functions.find(text) if f.lines > 60]), 1)

    def test_no_functions(self):
        for name, text in NO_FUNCTIONS.items():
            with self.subTest(name):
                self.assertEqual([f for f in functions.find(text) if f.lines > 60], [])


if __name__ == "__main__":
    unittest.main()
