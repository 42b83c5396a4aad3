"""Random statements: every tag that Jinja2 has, with the oddities of its scopes."""

from . import literals
from .expressions import CONCAT, ELEMENTS, OR, PRIMARY, UNARY

# Names for what templates set. Few, so that they shadow each other.
NAMES = ("a", "b", "c", "x", "y", "v", "acc", "item")
SET_TYPES = ("int", "int", "str", "str", "str", "bool", "float", "[int]", "[str]", "{json}", "tuple", "rec", "[rec]", "any", "none", "[json]", "markup")
TEXT_FILTERS = ("upper", "trim", "replace('a', 'b')", "indent", "indent(2, true)", "lower", "title", "e", "length|string", "capitalize", "wordwrap(8)", "truncate(9)",
                "center(20)", "striptags", "safe", "reverse", "urlencode", "tojson", "default('x', true)", "list|join('-')", "forceescape")


class Statements:
    """Makes statements. The fields are those of `build.Builder`."""

    # ----------------------------------------------------------------------------------------------- spelling

    def tag(self, inside):
        """A tag with its signs of whitespace control."""
        rng = self.rng
        opening = rng.choice(("{%", "{%", "{%", "{%-", "{%-", "{%+"))
        closing = rng.choice(("%}", "%}", "%}", "-%}", "-%}", "+%}"))
        pad = rng.choice((" ", " ", " ", " ", "", "\n", "  ", "\t")) if rng.random() < 0.3 else " "
        # A sign right before the closing one would be taken for it.
        end = " " if not pad and inside[-1] in "-+%" else pad
        before = rng.choice(("", "", "", "", "  ", "\n", "\n    ", "\t"))
        after = rng.choice(("", "", "", "", "\n", "\n\n", " ", "\n  "))
        return f"{before}{opening}{pad}{inside}{end}{closing}{after}"

    def print_of(self, source):
        """`{{ source }}`."""
        rng = self.rng
        self.mark("statement:print")
        if rng.random() < 0.02:
            self.mark("statement:print tag")
            return self.tag(f"print {source}" + (", " + self.expression("str", OR) if rng.random() < 0.5 else ""))
        opening = rng.choice(("{{", "{{", "{{", "{{-"))
        closing = rng.choice(("}}", "}}", "}}", "-}}"))
        pad = "" if rng.random() < 0.1 and source[0] not in "-+{" and source[-1] not in "-+}" else " "
        return f"{opening}{pad}{source}{pad}{closing}"

    def text(self):
        """Text, a comment or a raw block."""
        rng = self.rng
        kind = rng.random()
        if kind < 0.85:
            return literals.data(rng)
        if kind < 0.94:
            self.mark("statement:comment")
            return rng.choice(("", "\n", "  ")) + rng.choice(("{#", "{#-", "{#+")) + rng.choice((" note ", "\n{{ x }}\n", " {% if %} ", "a#b", "", " ")) + rng.choice(
                ("#}", "-#}", "+#}")) + rng.choice(("", "\n", " "))
        self.mark("statement:raw")
        opening = rng.choice(("{% raw %}", "{%- raw -%}", "{%raw%}", "{%+ raw %}", "{% raw -%}"))
        closing = rng.choice(("{% endraw %}", "{%- endraw -%}", "{%endraw%}", "{% endraw +%}", "{%- endraw %}", "{%+ endraw %}"))
        return opening + rng.choice(("{{ x }}", "\n{% if %}\n", " text ", "", "{# c #}", "\n  a\n  ", "%}")) + closing + rng.choice(("", "\n"))

    # -------------------------------------------------------------------------------------------------- scopes

    def inside(self, more, make):
        """What `make` gives in a scope of its own with more variables."""
        before = dict(self.scope), dict(self.namespaces), dict(self.macros)
        self.scope.update(more)
        for name in more:
            self.namespaces.pop(name, None)
            self.macros.pop(name, None)
        try:
            return make()
        finally:
            self.scope, self.namespaces, self.macros = before

    def branch(self, make):
        """What `make` gives in a branch: what it sets may have been set or not afterwards."""
        before, macros, namespaces = dict(self.scope), dict(self.macros), dict(self.namespaces)
        made = make()
        if self.rng.random() < 0.9:
            self.macros, self.namespaces = macros, namespaces
        for name, kind in list(self.scope.items()):
            if before.get(name) != kind:
                self.scope[name] = "any"
        return made

    def assign(self, name, kind):
        """Notes that a name now has a value of that type."""
        self.scope.pop(name, None)
        self.namespaces.pop(name, None)
        self.macros.pop(name, None)
        if kind is not None:
            self.scope[name] = kind

    def new_name(self):
        """A name to set: mostly one of the few, at times one that means something already."""
        if self.rng.random() < 0.04:
            return self.rng.choice(("messages", "loop", "range", "dict", "é", "caller", "varargs", "kwargs", "self", "namespace", "s", "tools", *self.macros))
        return self.rng.choice(NAMES)

    # ------------------------------------------------------------------------------------------------ statements

    def body(self, count):
        """Several statements with text between them."""
        rng = self.rng
        parts = []
        for _ in range(count):
            if rng.random() < 0.6:
                parts.append(self.text())
            parts.append(self.statement())
        if rng.random() < 0.4:
            parts.append(self.text())
        return "".join(parts)

    def statement(self):
        """Any statement."""
        rng = self.rng
        self.statements_left -= 1
        if self.statements_left <= 0 or self.nesting > 3 or rng.random() < 0.25:
            return self.statement_print()
        self.nesting += 1
        self.budget += 2
        try:
            return rng.choice(WEIGHTED)(self)
        finally:
            self.nesting -= 1

    def statement_print(self):
        """The value of an expression."""
        rng = self.rng
        kind = rng.choice(("str", "str", "str", "str", "text", "int", "float", "bool", "any", "any", "json", "[int]", "[str]", "{json}", "tuple", "none", "[rec]",
                           "<str>", "<any>", "markup", "view", "range"))
        return self.print_of(self.printable(self.expression(kind, UNARY if kind[0] == "<" else 0), kind))

    def probe(self):
        """Prints of names, whatever they are here: also those that other scopes have set."""
        rng = self.rng
        self.mark("scope:probe")
        names = rng.sample(NAMES, rng.randint(1, 3))
        forms = ("{{ %s }}", "{{ %s is defined }}", "{{ %s|default('-') }}", "{{ %s }}", "{%% if %s %%}+{%% endif %%}")
        return "|".join(rng.choice(forms) % name for name in names)

    def statement_set(self):
        rng = self.rng
        kind = rng.choice(SET_TYPES)
        name = self.new_name()
        source = self.expression(kind)
        self.mark("statement:set")
        self.assign(name, kind)
        result = self.tag(f"set {name} = {source}")
        return result + (self.probe() if rng.random() < 0.1 else "")

    def statement_set_tuple(self):
        rng = self.rng
        self.mark("statement:set tuple")
        kinds = [rng.choice(("int", "str", "bool")) for _ in range(rng.choice((2, 2, 3, 1) if self.is_wild else (2, 2, 3)))]
        names = rng.sample(NAMES, len(kinds))
        items = ", ".join(self.expression(kind, OR) for kind in kinds) + ("," if len(kinds) == 1 else "")
        if rng.random() < 0.2:
            items = self.expression(rng.choice(("pair", "[int]", "str")))
        for name, kind in zip(names, kinds):
            self.assign(name, kind if len(kinds) < 4 and "," in items else "any")
        target = ", ".join(names) + ("," if len(kinds) == 1 else "")
        return self.tag(f"set {target if rng.random() < 0.8 or len(kinds) == 1 else '(' + target + ')'} = {items}")

    def statement_set_block(self):
        rng = self.rng
        self.mark("statement:set block")
        name = self.new_name()
        filters = "".join(rng.choice((" | ", "|")) + rng.choice(TEXT_FILTERS) for _ in range(rng.choice((0, 0, 1, 1, 2))))
        if filters:
            self.mark("statement:set block with filters")
        inside = self.inside({}, lambda: self.body(rng.choice((1, 1, 2))))
        self.assign(name, "str" if "reverse" not in filters else "any")
        return self.tag(f"set {name}{filters}") + inside + self.tag("endset")

    def statement_namespace(self):
        rng = self.rng
        if self.namespaces and rng.random() < 0.75:
            self.mark("statement:set namespace attribute")
            name, fields = rng.choice(list(self.namespaces.items()))
            key = rng.choice((*fields, "new", "k"))
            kind = fields.get(key) or rng.choice(SET_TYPES)
            fields[key] = kind
            if rng.random() < 0.15:
                return self.tag(f"set {name}.{key}") + self.inside({}, lambda: self.body(1)) + self.tag("endset")
            if self.is_wild and rng.random() < 0.1:
                key = rng.choice(("_x", "__class__", "items", "class"))
            return self.tag(f"set {name}.{key} = {self.expression(kind)}")
        self.mark("function:namespace")
        name = rng.choice(("ns", "ns", "state"))
        fields = {key: rng.choice(SET_TYPES) for key in rng.sample(("n", "s", "found", "x"), rng.randint(0, 3))}
        sources = ", ".join(f"{key}={self.expression(kind)}" for key, kind in fields.items())
        if rng.random() < 0.1:
            sources = f"{{'n': {self.expression('int')}}}" + (f", {sources}" if sources else "")
            fields.setdefault("n", "int")
        self.assign(name, None)
        self.namespaces[name] = fields
        return self.tag(f"set {name} = namespace({sources})") + (self.print_of(name) if rng.random() < 0.1 else "")

    def statement_if(self):
        rng = self.rng
        self.mark("statement:if")
        test = lambda: self.expression(rng.choice(("bool", "bool", "bool", "any")))
        parts = [self.tag(f"if {test()}"), self.branch(lambda: self.body(rng.choice((1, 1, 2))))]
        for _ in range(rng.choice((0, 0, 0, 1, 2))):
            self.mark("statement:elif")
            parts += [self.tag(f"elif {test()}"), self.branch(lambda: self.body(1))]
        if rng.random() < 0.5:
            self.mark("statement:else")
            parts += [self.tag("else"), self.branch(lambda: self.body(1))]
        parts.append(self.tag("endif"))
        return "".join(parts) + (self.probe() if rng.random() < 0.2 else "")

    def iterated(self):
        """What a loop goes over: a target, the types of its names, the source."""
        rng = self.rng
        name = self.new_name() if rng.random() < 0.9 else "loop_item"
        kind = rng.random()
        if kind < 0.25:
            return rng.choice(("m", "message", name)), {"m": "msg", "message": "msg", name: "msg"}, self.expression("[msg]", OR)
        if kind < 0.40:
            first, second = rng.sample(NAMES, 2)
            source = rng.choice((lambda: self.expression("{json}", PRIMARY) + ".items()", lambda: self.expression("{int}", UNARY) + "|items",
                                 lambda: self.expression("{int}", UNARY) + "|dictsort", lambda: f"[{self.expression('pair')}, {self.expression('pair')}]",
                                 lambda: f"{self.expression('[rec]', UNARY)}|groupby('tag')"))()
            return rng.choice((f"{first}, {second}", f"({first}, {second})", f"{first}, {second}")), {first: "any", second: "any"}, source
        if kind < 0.45:
            self.mark("loop:nested unpacking")
            first, second, third = rng.sample(NAMES, 3)
            return f"{first}, ({second}, {third})", {first: "int", second: "str", third: "int"}, "[(1, ('p', 2)), (3, ['q', 4])]"
        if kind < 0.50:
            return name, {name: "group"}, f"{self.expression('[rec]', UNARY)}|groupby('{rng.choice(('tag', 'ok'))}')"
        if kind < 0.55:
            return name, {name: "str"}, self.expression(rng.choice(("text", "{json}")), OR)
        if kind < 0.60:
            return name, {name: "int"}, self.expression("range", OR)
        if kind < 0.65:
            return name, {name: "any"}, self.expression(rng.choice(("tuple", "undef", "view")), OR)
        element = rng.choice((*ELEMENTS, "int", "str", "rec"))
        return name, {name: element}, self.expression(rng.choice(("[%s]", "[%s]", "<%s>")) % element, OR)

    def statement_for(self):
        rng = self.rng
        if "nodes" in self.variables and rng.random() < 0.3:
            return self.statement_for_recursive()
        self.mark("statement:for")
        target, names, source = self.iterated()
        head = f"for {target} in {source}"
        if rng.random() < 0.2:
            self.mark("loop:if")
            head += " if " + self.inside(names, lambda: self.expression(rng.choice(("bool", "any"))))
        self.loops.append(target)
        try:
            def make():
                parts = [self.body(rng.choice((1, 1, 2)))]
                if rng.random() < 0.3:
                    parts.insert(0, self.print_of(rng.choice(("loop.index", "loop.first", "loop.last", "loop.length", "loop.revindex", "loop.index0", "loop.revindex0",
                                                              "loop.depth", "loop.previtem", "loop.nextitem", "loop.cycle('odd', 'even')", "loop", "loop.depth0",
                                                              f"loop.changed({next(iter(names))})"))))
                if rng.random() < 0.15:
                    word = rng.choice(("break", "continue"))
                    self.mark(f"statement:{word}")
                    test = rng.choice((f"{next(iter(names))} is defined", "loop.index > 1", "loop.last", "loop.first", self.expression("bool")))
                    parts.insert(rng.randrange(len(parts) + 1), self.tag(f"if {test}") + self.tag(word) + self.tag("endif"))
                return "".join(parts)

            inside = self.inside({name: names[name] for name in names if name in target.replace("(", " ").replace(",", " ").replace(")", " ").split()}, make)
        finally:
            self.loops.pop()
        parts = [self.tag(head), inside]
        if rng.random() < 0.2:
            self.mark("loop:else")
            parts += [self.tag("else"), self.inside({}, lambda: self.body(1))]
        parts.append(self.tag("endfor"))
        return "".join(parts) + (self.probe() if rng.random() < 0.25 else "")

    def statement_for_recursive(self):
        rng = self.rng
        self.mark("loop:recursive")
        body = rng.choice(("{{ loop.depth }}:{{ node.name }}", "{{ node.name }}{{ loop.index }}/{{ loop.length }}", "{{ loop.depth0 }}{{ node.name|upper }} "))
        deeper = rng.choice(("{{ loop(node.children) }}", "{% if node.children %}[{{ loop(node.children) }}]{% endif %}", "{{ loop(node.children)|upper }}",
                             "{% generation %}{{ loop(node.children) }}{% endgeneration %}", "{% set r = loop(node.children) %}{{ r|length }}{{ r }}",
                             "{{ node.children and loop(node.children) }}"))
        other = "{% else %}none" if rng.random() < 0.3 else ""
        condition = " if node.name" if rng.random() < 0.2 else ""
        return self.tag(f"for node in nodes{condition} recursive") + body + deeper + other + self.tag("endfor")

    def statement_chat(self):
        """A loop over the messages, as chat templates have it."""
        rng = self.rng
        self.mark("statement:generation")
        role = rng.choice(("m.role", "m['role']", "m.get('role')"))
        content = rng.choice(("m.content", "m['content']", "m.content|trim", "m.content.strip()", "(m.content or '')", "m.content|string", "m.get('content', '')"))
        end = rng.choice(("eos_token", "'<|im_end|>\\n'", "'\\n'"))
        self.loops.append("m")
        try:
            extra = self.inside({"m": "msg"}, lambda: self.statement_print()) if rng.random() < 0.4 else ""
            answer = self.inside({"m": "msg"}, lambda: rng.choice((
                lambda: self.print_of(f"{content} ~ {end}"), lambda: self.print_of(content) + self.print_of(end), lambda: self.body(1) + self.print_of(content)))())
        finally:
            self.loops.pop()
        generation = self.tag("generation") + answer + self.tag("endgeneration")
        shape = rng.random()
        if shape < 0.4:
            inside = (self.tag(f"if {role} == 'assistant'") + generation + self.tag("else") + self.print_of(f"{content}") + self.tag("endif"))
        elif shape < 0.6:
            inside = self.print_of(f"'<|' + {role} + '|>\\n'") + generation
        elif shape < 0.8:
            inside = self.tag(f"if not loop.last and {role} != 'assistant'") + self.print_of(content) + self.tag(f"elif {role} == 'assistant'") + generation + self.tag("endif")
        else:
            inside = generation
        order = [self.text(), extra, inside] if rng.random() < 0.5 else [inside, extra]
        closing = self.tag("if add_generation_prompt") + "<|assistant|>" + self.tag("endif") if rng.random() < 0.3 else ""
        return self.tag("for m in messages") + "".join(order) + self.tag("endfor") + closing

    def statement_generation(self):
        rng = self.rng
        self.mark("statement:generation")
        inside = "" if rng.random() < 0.08 else self.inside({}, lambda: self.body(rng.choice((1, 1, 2))))
        if self.loops and rng.random() < (0.1 if self.is_wild else 0.01):
            inside += self.tag(rng.choice(("break", "continue")))
        return self.tag("generation") + inside + self.tag("endgeneration") + (self.probe() if rng.random() < 0.1 else "")

    def statement_with(self):
        rng = self.rng
        self.mark("statement:with")
        kinds = {name: rng.choice(SET_TYPES) for name in rng.sample(NAMES, rng.choice((0, 1, 1, 2, 3)))}
        head = ", ".join(f"{name} = {self.expression(kind)}" for name, kind in kinds.items())
        inside = self.inside(kinds, lambda: self.body(rng.choice((1, 2))))
        return self.tag(f"with {head}" if head else "with") + inside + self.tag("endwith") + (self.probe() if rng.random() < 0.2 else "")

    def statement_filter(self):
        rng = self.rng
        self.mark("statement:filter")
        filters = "|".join(rng.choice(TEXT_FILTERS) for _ in range(rng.choice((1, 1, 1, 2))))
        if filters.endswith(("reverse", "default('x', true)")):
            filters += "|string"
        return self.tag(f"filter {filters}") + self.inside({}, lambda: self.body(rng.choice((1, 1, 2)))) + self.tag("endfilter")

    def statement_autoescape(self):
        rng = self.rng
        self.mark("statement:autoescape")
        value = rng.choice(("true", "true", "true", "false", "flag", "1", "none", self.expression("bool")))
        if value not in ("true", "false"):
            self.mark("statement:autoescape of an expression")
        return self.tag(f"autoescape {value}") + self.branch(lambda: self.body(rng.choice((1, 2, 2)))) + self.tag("endautoescape")

    def statement_autoescape_all(self):
        """A template that is escaped as a whole."""
        rng = self.rng
        self.mark("statement:autoescape")
        self.budget += 6
        value = "true" if rng.random() < 0.8 else "add_generation_prompt"
        return self.tag(f"autoescape {value}") + self.focus() + self.body(rng.choice((1, 2, 3))) + self.tag("endautoescape")

    def statement_block(self):
        rng = self.rng
        names = [name for name in ("one", "two", "three", "four") if name not in self.blocks]
        if not names or (self.in_macro and rng.random() < 0.8):
            return self.statement_print()
        self.mark("statement:block")
        name = names[0]
        self.blocks.append(name)
        words = rng.choice(("", "", "", " scoped", " required" if self.is_wild else " scoped"))
        # A block sees what the template set at its top, and of loops nothing unless it is scoped.
        seen = {} if self.loops or self.in_macro else dict(self.scope)
        before, loops, macros, namespaces = self.scope, self.loops, self.macros, self.namespaces
        if not seen:
            self.macros, self.namespaces = {}, {}
        self.scope = seen or {name: kind for name, kind in self.scope.items() if name in self.variables or name in ("messages", "bos_token", "eos_token")}
        self.loops = []
        try:
            inside = self.inside({}, lambda: self.body(1)) + (self.print_of("super()") if self.is_wild and rng.random() < 0.05 else "")
        finally:
            self.scope, self.loops, self.macros, self.namespaces = before, loops, macros, namespaces
        end = rng.choice(("endblock", f"endblock {name}"))
        again = ""
        if rng.random() < 0.3:
            self.mark("expression:self.block()")
            again = self.print_of(rng.choice((f"self.{name}()", f"self.{name}()|upper", f"self['{name}']()", "self" if self.is_wild else f"self.{name}()")))
        return self.tag(f"block {name}{words}") + inside + self.tag(end) + again

    def statement_macro(self):
        from .build import Macro

        rng = self.rng
        self.mark("statement:macro")
        name = rng.choice(("mac", "mac", "render", "helper", "x"))
        count = rng.choice((0, 1, 1, 2, 2, 3))
        optional = False
        parameters = []
        for parameter in rng.sample(("p", "q", "r", "a", "item"), count):
            kind = rng.choice(("int", "str", "str", "any", "msg", "[int]", "bool"))
            optional = optional or rng.random() < 0.35
            parameters.append((parameter, kind, optional))
        needs_caller = rng.random() < 0.3
        macro = Macro(parameters, rng.random() < 0.15, rng.random() < 0.15, needs_caller)
        head = ", ".join(f"{parameter}={self.expression(kind)}" if is_optional else parameter for parameter, kind, is_optional in parameters)

        def make():
            parts = [self.body(rng.choice((1, 1, 2)))]
            if macro.varargs:
                self.mark("macro:varargs")
                parts.append(rng.choice(("{{ varargs }}", "{{ varargs|length }}", "{% for v in varargs %}{{ v }},{% endfor %}")))
            if macro.kwargs:
                self.mark("macro:kwargs")
                parts.append(rng.choice(("{{ kwargs }}", "{% for k, v in kwargs.items() %}{{ k }}={{ v }};{% endfor %}", "{{ kwargs.k1 }}")))
            if needs_caller:
                self.mark("macro:caller")
                if rng.random() < 0.3:
                    macro.caller_parameters = [rng.choice(("int", "str")) for _ in range(rng.randint(1, 2))]
                call = f"caller({', '.join(self.expression(kind) for kind in macro.caller_parameters)})"
                parts.insert(rng.randrange(len(parts) + 1), rng.choice((f"{{{{ {call} }}}}", f"[{{{{ {call} }}}}]", f"{{% if caller %}}{{{{ {call} }}}}{{% endif %}}",
                                                                     f"{{{{ {call}|upper }}}}", f"{{% generation %}}{{{{ {call} }}}}{{% endgeneration %}}",
                                                                     f"{{% for _ in range(2) %}}{{{{ {call} }}}}{{% endfor %}}")))
            return "".join(parts)

        loops, self.loops = self.loops, []
        self.in_macro += 1
        try:
            inside = self.inside({parameter: kind for parameter, kind, _ in parameters}, make)
        finally:
            self.loops = loops
            self.in_macro -= 1
        self.assign(name, None)
        self.macros[name] = macro
        made = self.tag(f"macro {name}({head})") + inside + self.tag("endmacro")
        if rng.random() < 0.8:
            made += self.call_of(name, macro)
        if rng.random() < 0.08:
            self.mark("macro:attributes")
            made += self.print_of(f"{name}.{rng.choice(('name', 'arguments', 'catch_kwargs', 'catch_varargs', 'caller'))}")
        return made

    def call_of(self, name, macro):
        """A use of a macro, by a call block if it needs a caller."""
        rng = self.rng
        if not macro.needs_caller and rng.random() < 0.97:
            self.mark("expression:macro call")
            call = f"{name}({self.macro_arguments(macro)})"
            return self.print_of(call if rng.random() < 0.8 else f"{call}|{rng.choice(('upper', 'trim', 'length', 'e', 'string'))}")
        self.mark("statement:call")
        names = rng.sample(("p", "q", "v"), len(macro.caller_parameters))
        kinds = dict(zip(names, macro.caller_parameters))
        parameters = ", ".join(names)
        if names:
            self.mark("statement:call with parameters")
        elif rng.random() < 0.1:
            parameters = "z=1"
        loops, self.loops = self.loops, []
        try:
            inside = self.inside(kinds, lambda: self.body(1) + "".join(f"{{{{ {name} }}}}" for name in names))
        finally:
            self.loops = loops
        return self.tag(f"call{f'({parameters})' if parameters or rng.random() < 0.1 else ''} {name}({self.macro_arguments(macro)})") + inside + self.tag("endcall")

    def statement_call(self):
        if not self.macros:
            return self.statement_macro()
        return self.call_of(*self.rng.choice(list(self.macros.items())))

    def statement_recursive_macro(self):
        rng = self.rng
        self.mark("macro:recursion")
        return rng.choice((
            "{% macro down(k) %}{{ k }}{% if k > 0 %},{{ down(k - 1) }}{% endif %}{% endmacro %}{{ down(3) }}",
            "{% macro walk(node) %}{% if node is mapping %}{% for k, v in node.items() %}{{ k }}:{{ walk(v) }};{% endfor %}"
            "{% elif node is string or node is not iterable %}{{ node }}{% else %}{% for v in node %}{{ walk(v) }},{% endfor %}{% endif %}{% endmacro %}{{ walk(messages) }}",
            "{% macro even(k) %}{{ true if k == 0 else odd(k - 1) }}{% endmacro %}{% macro odd(k) %}{{ false if k == 0 else even(k - 1) }}{% endmacro %}{{ even(4) }}",
            "{% macro outer() %}{{ later }}{{ caller() if caller else '' }}{% endmacro %}{% set later = 'L' %}{{ outer() }}{% set later = 'M' %}{% call outer() %}!{% endcall %}",
            "{% macro late() %}{{ x }}{{ y }}{% set x = 5 %}{{ x }}{% endmacro %}{% set x = 1 %}{{ late() }}{% for x in [2, 3] %}{{ late() }}{{ x }}{% endfor %}",
        )) if not self.is_wild or rng.random() < 0.8 else "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}"

    def statement_cycler(self):
        rng = self.rng
        self.mark("function:cycler")
        items = ", ".join(self.expression(rng.choice(("str", "int"))) for _ in range(rng.randint(1, 3)))
        uses = "".join(self.print_of(rng.choice(("cy.next()", "cy.current", "cy.next()", "cy.reset()"))) for _ in range(rng.randint(1, 4)))
        if rng.random() < 0.3:
            uses = "{% for i in range(3) %}" + uses + "{% endfor %}"
        return self.tag(f"set cy = cycler({items})") + uses

    def statement_joiner(self):
        rng = self.rng
        self.mark("function:joiner")
        argument = self.expression("str") if rng.random() < 0.7 else ""
        return self.tag(f"set comma = joiner({argument})") + self.tag(f"for j in {self.expression('[int]', OR)}") + "{{ comma() }}{{ j }}" + self.tag("endfor")

    def statement_dict(self):
        rng = self.rng
        self.mark("function:dict")
        return self.print_of(rng.choice((f"dict(a={self.expression('int')}, b={self.expression('str')})", f"dict([{self.expression('pair')}, ('z', 1)])",
                                         f"dict({self.expression('{json}')}, k=1)", f"dict(**{self.expression('{int}', UNARY)})", "dict()",
                                         f"dict.fromkeys({self.expression('[str]')}, {self.expression('int')})", f"dict({self.expression('{json}')}|dictsort)")))

    def statement_raise(self):
        rng = self.rng
        self.mark("function:raise_exception")
        test = rng.choice(("messages|length > 9", "false", "messages[0].role == 'tool'", self.expression("bool", OR) + " and false"))
        return self.tag(f"if {test}") + self.print_of(
            f"raise_exception({self.expression('str')})") + self.tag("endif")

    def statement_time(self):
        self.mark("function:strftime_now")
        return self.print_of(f"strftime_now({literals.time_format(self.rng, self.is_wild)})")

    def statement_accumulate(self):
        """The usual loop that adds to a namespace, or vainly to a variable."""
        rng = self.rng
        self.mark("scope:accumulate")
        return rng.choice((
            "{% set ns = namespace(t='') %}{% for m in messages %}{% set ns.t = ns.t + m.role %}{% endfor %}{{ ns.t }}",
            "{% set acc = 0 %}{% for m in messages %}{% set acc = acc + 1 %}{{ acc }}{% endfor %}{{ acc }}",
            "{% for i in [1, 2] %}{{ x }}{% set x = i %}{{ x }}{% endfor %}{{ x }}",
            "{% set x = 1 %}{% for x in [2, 3] %}{{ x }}{% set x = x + 10 %}{{ x }}{% endfor %}{{ x }}",
            "{% for a in [1] %}{% for a in [2] %}{{ a }}{{ loop.index }}{% endfor %}{{ a }}{{ loop.last }}{% endfor %}{{ a }}",
            "{% if false %}{% set y = 1 %}{% endif %}{{ y }}{{ y is defined }}{% set y = 2 %}{{ y }}",
            "{% with a = 1 %}{% with a = 2, b = a %}{{ a }}{{ b }}{% endwith %}{{ a }}{{ b }}{% endwith %}{{ a }}",
            "{% set v %}{{ v }}{% set w = 1 %}{% endset %}{{ v }}{{ w }}",
            "{% macro g() %}{% set z = 1 %}{{ z }}{% endmacro %}{{ g() }}{{ z }}",
            "{% set messages = messages[1:] %}{{ messages|length }}",
            "{% set items = [] %}{% for m in messages %}{% set items = items + [m.role] %}{% endfor %}{{ items }}",
            "{% generation %}{% set q = 1 %}{{ q }}{% endgeneration %}{{ q }}",
            "{% for c in 'ab' %}{% if loop.first %}{% set c = 'z' %}{% endif %}{{ c }}{{ loop.previtem }}{% endfor %}",
            "{% filter upper %}{% set h = 'a' %}{{ h }}{% endfilter %}{{ h }}",
            "{% block one1 %}{% set x = 9 %}{{ x }}{% endblock %}{{ x }}",
            "{% set x = 4 %}{% block two2 %}{{ x }}{% endblock %}{% for i in [1] %}{% block three3 scoped %}{{ i }}{{ x }}{% endblock %}{% endfor %}",
        )) if rng.random() < 0.5 else (
            self.tag(f"set acc = {self.expression('str')}") + self.tag("for item in " + self.expression("[str]", OR)) + self.tag(f"set acc = acc ~ {self.expression('str', CONCAT + 1)}")
            + "{{ acc }}" + self.tag("endfor") + "{{ acc }}")

    def statement_other(self):
        """Tags that need other templates or further extensions, and broken ones: mostly errors."""
        rng = self.rng
        if not self.is_wild and rng.random() < 0.7:
            return self.statement_print()
        self.mark("statement:other")
        return rng.choice((
            "{% include [] ignore missing %}", "{% include 'x' %}", "{% include nope ignore missing %}", "{% import 'x' as y %}", "{% from 'x' import y %}",
            "{% if false %}{% extends 'x' %}{% endif %}", "{% extends 'x' %}", "{% do 1 %}", "{% trans %}a{% endtrans %}", "{% debug %}", "{% break %}", "{% continue %}",
            "{% if false %}{% include 'x' %}{% endif %}", "{% endfor %}", "{% for x in %}", "{{ }}", "{{ 1 2 }}", "{% set 1 = 2 %}", "{% set x.y = 2 %}", "{% block a b %}", "{% nope %}",
            "{{ 'a'|nope }}", "{{ 1 is nope }}", "{% if false %}{{ 1|nope }}{% endif %}", "{% if true %}{% elif 1|nope %}{% endif %}", "{{ 1 if false else 2|nope }}", "{{ loop }}", "{# ",
            "{% raw %}", "{{ 'a }}", "{% macro f(x=1, y) %}{% endmacro %}", "{% macro f(x, x) %}{% endmacro %}", "{% call 1 %}{% endcall %}", "{% filter %}{% endfilter %}", "{% print %}",
            "{{ lipsum()|length > 0 }}", "{{ [1]|random }}", "{% generation x %}{% endgeneration %}", "{% generation %}", "{% endgeneration %}", "{% set loop = 1 %}", "{% for loop in [1] %}{% endfor %}",
            "{{ {1, 2} }}", "{{ [1, 2, }}", "{{ a.1 }}", "{{ 1.real }}", "{{ a.b.c }}", "{{ x[1,2] }}", "{{ x[:, 1] }}", "{{ not }}", "{{ a not b }}", "{{ a is not }}", "{{ **a }}", "{{ f(*a, *b) }}",
            "{{ range(10**10) }}", "{{ range(100001)|length }}", "{{ (1, 2)|sum }}", "{{ dict(1) }}", "{{ namespace(1) }}", "{{ f(a=1, a=2) }}", "{{ range(1, a=2) }}", "{% with a %}{% endwith %}",
        ))


WEIGHTED = (
    [Statements.statement_print] * 2 + [Statements.statement_set] * 6 + [Statements.statement_set_tuple] * 2 + [Statements.statement_set_block] * 3
    + [Statements.statement_namespace] * 4 + [Statements.statement_if] * 6 + [Statements.statement_for] * 8 + [Statements.statement_chat] * 3
    + [Statements.statement_generation] * 4 + [Statements.statement_with] * 2 + [Statements.statement_filter] * 2 + [Statements.statement_autoescape] * 2
    + [Statements.statement_block] * 2 + [Statements.statement_macro] * 4 + [Statements.statement_call] * 2 + [Statements.statement_recursive_macro]
    + [Statements.statement_cycler] + [Statements.statement_joiner] + [Statements.statement_dict] + [Statements.statement_raise] + [Statements.statement_time]
    + [Statements.statement_accumulate] * 2 + [Statements.statement_other]
)
