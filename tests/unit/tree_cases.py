"""A small file of each language that there is a table for, and everything that it gives."""

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    """A file, and what it must give: definitions as "line type qualname in scope", edges, complexities."""

    path: str
    code: str
    symbols: str
    edges: str
    complexity: dict[str, int]
    counts: tuple[int, int, int, int]
    """Complexity of the file, functions, classes, imports."""


CASES: tuple[Case, ...] = (
    Case(
        "stack.js",
        """\
import assert, { ok as fine } from "node:assert";
const fs = require("fs"), { join } = require("path");

export class Stack extends Base {
  static made = 0;
  #items = [];
  constructor(...items) { super(); this.#items = items; }
  push = (item) => this.#items.push(item);
  get top() { return this.#items?.at(-1) ?? null; }
}

export const sum = (xs) => {
  let total = 0;
  for (const x of xs) { if (x > 0 && x < 9 || x === 42) total += x; }
  return total;
};

function kind(value) {
  switch (value) {
    case 1: return "one";
    case 2: return "two";
    default: return value ? inner() : "none";
  }
  function inner() { try { return new Stack(); } catch { return null; } }
}

module.exports.api = { kind, run() { kind(1); } };
Stack.prototype.peek = function () { return this.top; };
""",
        """
2-2 variable fs in <module>
2-2 variable join in <module>
4-10 class Stack in <module>
5-5 variable Stack.made in Stack
6-6 variable Stack.#items in Stack
7-7 function Stack.constructor in Stack
8-8 function Stack.push in Stack
9-9 function Stack.top in Stack
12-16 function sum in <module>
18-25 function kind in <module>
24-24 function kind.<locals>.inner in kind
27-27 function module.exports.api.run in module.exports.api
28-28 function Stack.prototype.peek in Stack.prototype
""",
        """
1 <module> imports node:assert (default, ok)
2 <module> imports fs
2 <module> imports path
7 Stack.constructor calls super
8 Stack.push calls this.#items.push
9 Stack.top calls this.#items.at
22 kind calls inner
24 kind.<locals>.inner calls Stack
27 module.exports.api.run calls kind
""",
        {
            "Stack.constructor": 1,
            "Stack.push": 1,
            "Stack.top": 2,
            "sum": 5,
            "kind": 4,
            "kind.<locals>.inner": 2,
            "module.exports.api.run": 1,
            "Stack.prototype.peek": 1,
        },
        (10, 8, 1, 3),
    ),
    Case(
        "shape.ts",
        """\
import type { Point } from "./point";
import * as all from "./all";

export interface Shape { readonly area: number; scale(by: number): Shape; }
type Pair<T> = [T, T];
enum Color { Red, Green = 2 }

abstract class Base implements Shape {
  constructor(public area: number) {}
  abstract scale(by: number): Shape;
}

namespace Geo.Tools {
  export const unit = 1;
  export function area(s?: Shape): number { return s ? s.area : all.zero(); }
}

declare function measure(p: Point): number;
""",
        """
4-4 class Shape in <module>
4-4 variable Shape.area in Shape
4-4 function Shape.scale in Shape
5-5 class Pair in <module>
6-6 class Color in <module>
6-6 variable Color.Red in Color
6-6 variable Color.Green in Color
8-11 class Base in <module>
9-9 function Base.constructor in Base
10-10 function Base.scale in Base
14-14 variable Geo.Tools.unit in Geo.Tools
15-15 function Geo.Tools.area in Geo.Tools
18-18 function measure in <module>
""",
        """
1 <module> imports ./point (Point)
2 <module> imports ./all (*)
15 Geo.Tools.area calls all.zero
""",
        {"Shape.scale": 1, "Base.constructor": 1, "Base.scale": 1, "Geo.Tools.area": 2, "measure": 1},
        (2, 5, 4, 2),
    ),
    Case(
        "view.tsx",
        """\
export const View = ({ on }: { on: boolean }) => <p>{on ? label() : null}</p>;
""",
        """
1-1 function View in <module>
""",
        """
1 View calls label
""",
        {"View": 2},
        (2, 1, 0, 0),
    ),
    Case(
        "stack.go",
        """\
package stack

import (
	"fmt"
	str "strings"
)

type Stack[T any] struct {
	items []T
	a, b  int
}

type Pusher interface{ Push(int) }

const Max, Min = 9, 1

var shared *Stack[int]

func New() *Stack[int] { return &Stack[int]{} }

func (s *Stack[T]) Push(x T) error {
	if len(s.items) > Max || s.a == 1 && s.b == 2 {
		return fmt.Errorf("full")
	}
	for range s.items {
	}
	switch s.a {
	case 1, 2:
	default:
	}
	go func() { str.ToUpper("x") }()
	return nil
}
""",
        """
8-11 class Stack in <module>
9-9 variable Stack.items in Stack
10-10 variable Stack.a in Stack
10-10 variable Stack.b in Stack
13-13 class Pusher in <module>
13-13 function Pusher.Push in Pusher
15-15 variable Max in <module>
15-15 variable Min in <module>
17-17 variable shared in <module>
19-19 function New in <module>
21-33 function Stack.Push in Stack
""",
        """
4 <module> imports fmt
5 <module> imports strings
22 Stack.Push calls len
23 Stack.Push calls fmt.Errorf
31 Stack.Push calls str.ToUpper
""",
        {"Pusher.Push": 1, "New": 1, "Stack.Push": 6},
        (6, 3, 2, 2),
    ),
    Case(
        "stack.rs",
        """\
use std::collections::{HashMap, hash_map::*};
use std::fmt;

pub struct Stack<T> { items: Vec<T> }

enum Kind { Empty, Full(usize) }

const MAX: usize = 9;

impl<T> Stack<T> {
    pub fn new() -> Self { Stack { items: Vec::<T>::new() } }
    fn kind(&self) -> Kind {
        match self.items.len() { 0 => Kind::Empty, n if n > 3 => Kind::Full(n), _ => panic!("no") }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        if let Kind::Full(n) = self { write!(f, "{}", n)?; }
        Ok(())
    }
}

mod inner { pub trait Deep { fn dig(&self) -> bool; } }
""",
        """
4-4 class Stack in <module>
4-4 variable Stack::items in Stack
6-6 class Kind in <module>
6-6 variable Kind::Empty in Kind
6-6 variable Kind::Full in Kind
8-8 variable MAX in <module>
11-11 function Stack::new in Stack
12-14 function Stack::kind in Stack
18-21 function Kind::fmt in Kind
24-24 class inner::Deep in inner
24-24 function inner::Deep::dig in inner::Deep
""",
        """
1 <module> imports std::collections::HashMap
1 <module> imports std::collections::hash_map (*)
2 <module> imports std::fmt
11 Stack::new calls Vec::new
13 Stack::kind calls Kind::Full
13 Stack::kind calls panic!
13 Stack::kind calls self.items.len
19 Kind::fmt calls write!
20 Kind::fmt calls Ok
""",
        {"Stack::new": 1, "Stack::kind": 3, "Kind::fmt": 3, "inner::Deep::dig": 1},
        (5, 4, 3, 2),
    ),
    Case(
        "Stack.java",
        """\
package org.example;

import java.util.List;
import static java.lang.Math.*;

public class Stack<T> implements Iterable<T> {
    private static final int MAX = 9, MIN = 1;
    enum Kind { EMPTY, FULL }
    private List<T> items;

    Stack(int size) { super(); this.items = new ArrayList<>(size); }

    T pop(Kind kind) throws Empty {
        for (T item : items) { if (item == null || kind == Kind.EMPTY) continue; }
        switch (kind) { case EMPTY: break; case FULL: return null; default: }
        try { return items.remove(max(1, 2)); } catch (Empty e) { throw e; }
    }
}

interface Pushes { void push(int x); }
""",
        """
6-18 class Stack in <module>
7-7 variable Stack.MAX in Stack
7-7 variable Stack.MIN in Stack
8-8 class Stack.Kind in Stack
8-8 variable Stack.Kind.EMPTY in Stack.Kind
8-8 variable Stack.Kind.FULL in Stack.Kind
9-9 variable Stack.items in Stack
11-11 function Stack.Stack in Stack
13-17 function Stack.pop in Stack
20-20 class Pushes in <module>
20-20 function Pushes.push in Pushes
""",
        """
3 <module> imports java.util.List
4 <module> imports java.lang.Math (*)
11 Stack.Stack calls ArrayList
16 Stack.pop calls items.remove
16 Stack.pop calls max
""",
        {"Stack.Stack": 1, "Stack.pop": 7, "Pushes.push": 1},
        (7, 3, 3, 2),
    ),
    Case(
        "stack.c",
        """\
#include <stdio.h>
#include "stack.h"

#define MAX 9

typedef struct { int top; int items[MAX]; } Stack;
struct node { struct node *next; void (*done)(int); };
enum kind { EMPTY, FULL = 2 };

static int made = 0, *shared;
int push(Stack *s, int x);

static const char *name(enum kind k)
{
    switch (k) {
    case EMPTY: return "empty";
    default: return made ? "full" : 0;
    }
}

int push(Stack *s, int x)
{
    int local = x;
    if (s->top >= MAX && local) { printf("%s", name(FULL)); return 0; }
    while (local--) s->items[s->top++] = x;
    return 1;
}
""",
        """
6-6 class Stack in <module>
6-6 variable Stack::top in Stack
6-6 variable Stack::items in Stack
7-7 class node in <module>
7-7 variable node::next in node
7-7 variable node::done in node
8-8 class kind in <module>
8-8 variable kind::EMPTY in kind
8-8 variable kind::FULL in kind
10-10 variable made in <module>
10-10 variable shared in <module>
13-19 function name in <module>
21-27 function push in <module>
""",
        """
1 <module> imports stdio.h
2 <module> imports stack.h
24 push calls name
24 push calls printf
""",
        {"name": 3, "push": 4},
        (6, 2, 3, 2),
    ),
    Case(
        "stack.cpp",
        """\
#include <vector>

namespace shapes::flat {
template <typename T> class Stack : public Base {
public:
    Stack();
    ~Stack() {}
    void push(const T& item) { items.push_back(item); }
    bool operator==(const Stack& other) const;
private:
    std::vector<T> items;
};
}

enum class Kind { Empty, Full };
using Ints = shapes::flat::Stack<int>;

template <typename T> bool shapes::flat::Stack<T>::operator==(const Stack& other) const {
    for (auto& item : items) { if (item and other.ok()) return true; }
    try { new Ints(); std::max<int>(1, 2); } catch (...) {}
    auto f = [](int i) { return i ? 1 : 2; };
    return false;
}
""",
        """
4-12 class shapes::flat::Stack in shapes::flat
7-7 function shapes::flat::Stack::~Stack in shapes::flat::Stack
8-8 function shapes::flat::Stack::push in shapes::flat::Stack
11-11 variable shapes::flat::Stack::items in shapes::flat::Stack
15-15 class Kind in <module>
15-15 variable Kind::Empty in Kind
15-15 variable Kind::Full in Kind
16-16 class Ints in <module>
18-23 function shapes::flat::Stack::operator== in shapes::flat::Stack
""",
        """
1 <module> imports vector
8 shapes::flat::Stack::push calls items.push_back
19 shapes::flat::Stack::operator== calls other.ok
20 shapes::flat::Stack::operator== calls Ints
20 shapes::flat::Stack::operator== calls std::max
""",
        {
            "shapes::flat::Stack::~Stack": 1,
            "shapes::flat::Stack::push": 1,
            "shapes::flat::Stack::operator==": 6,
        },
        (6, 3, 3, 1),
    ),
    Case(
        "build.sh",
        """\
#!/bin/bash
source ./lib.sh
. "$HOME/env"
NAME=stack
readonly LIMIT=9

build() {
    local mode=$1
    if [ -n "$mode" ] && test -d out; then
        mkdir -p out || return 1
    elif clean; then
        echo done
    fi
    case $mode in
        fast) make -j ;;
        *) make ;;
    esac
}

for target in a b; do build "$target"; done
CC=gcc build all
""",
        """
4-4 variable NAME in <module>
5-5 variable LIMIT in <module>
7-18 function build in <module>
""",
        """
2 <module> imports ./lib.sh
3 <module> imports $HOME/env
9 build calls test
10 build calls mkdir
10 build calls return
11 build calls clean
12 build calls echo
15 build calls make
20 <module> calls build
""",
        {"build": 6},
        (7, 1, 0, 2),
    ),
    Case(
        "stack.rb",
        """\
require "json"
require_relative "lib/base"

module Shapes
  LIMIT = 9

  class Flat::Stack < Base
    def self.make(*items) = new(items)

    def push(item)
      return self if item.nil? or full?
      @items << item unless item == 1
      case item
      when 1, 2 then log("small")
      else log("large")
      end
      items.each { |each| found = each }
    rescue Full => e
      nil
    end
  end
end

$shared = Shapes.build(1)
a, b = 1, 2
""",
        """
4-22 class Shapes in <module>
5-5 variable Shapes::LIMIT in Shapes
7-21 class Shapes::Flat::Stack in Shapes::Flat
8-8 function Shapes::Flat::Stack::make in Shapes::Flat::Stack
10-20 function Shapes::Flat::Stack::push in Shapes::Flat::Stack
24-24 variable $shared in <module>
25-25 variable a in <module>
25-25 variable b in <module>
""",
        """
1 <module> imports json
2 <module> imports lib/base
8 Shapes::Flat::Stack::make calls new
11 Shapes::Flat::Stack::push calls full?
11 Shapes::Flat::Stack::push calls item.nil?
14 Shapes::Flat::Stack::push calls log
17 Shapes::Flat::Stack::push calls items.each
24 <module> calls Shapes.build
""",
        {"Shapes::Flat::Stack::make": 1, "Shapes::Flat::Stack::push": 6},
        (6, 2, 2, 2),
    ),
)
