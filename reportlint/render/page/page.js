(function () {
  "use strict";

  var RANK = { info: 1, warning: 2, error: 3 };
  var notes = Array.from(document.querySelectorAll(".note"));
  var numberOf = new Map();
  notes.forEach(function (note, number) { numberOf.set(note.id, number); });
  var marks = Array.from(document.querySelectorAll("mark")).map(function (element) {
    var ids = function (text) {
      return text ? text.split(" ").map(function (id) { return numberOf.get("f" + id); }) : [];
    };
    return { element: element, all: ids(element.dataset.f), begin: ids(element.dataset.b) };
  });
  // Where each finding is marked; the first mark is where it begins.
  var marksOf = notes.map(function () { return []; });
  marks.forEach(function (mark) {
    mark.all.forEach(function (number) { marksOf[number].push(mark); });
  });
  var markOf = new Map(marks.map(function (mark) { return [mark.element, mark]; }));
  var filters = document.getElementById("filters");
  var shown = document.getElementById("shown");
  var tip = document.getElementById("tip");
  var expand = document.getElementById("expand");
  var visible = notes.map(function () { return true; });
  var current = -1;

  function boxes(name) {
    return Array.from(filters.querySelectorAll("input[data-" + name + "]"));
  }

  function chosen(name) {
    return new Set(boxes(name).filter(function (b) { return b.checked; }).map(function (b) { return b.dataset[name]; }));
  }

  function apply() {
    var levels = chosen("level"), rules = chosen("rule"), before = [0];
    notes.forEach(function (note, number) {
      visible[number] = levels.has(note.dataset.level) && rules.has(note.dataset.rule);
      note.classList.toggle("off", !visible[number]);
      before.push(before[number] + (visible[number] ? 1 : 0));
    });
    marks.forEach(function (mark) {
      var top = "";
      mark.all.forEach(function (number) {
        var level = notes[number].dataset.level;
        if (visible[number] && (!top || RANK[level] > RANK[top])) { top = level; }
      });
      mark.element.className = top || "off";
      if (!mark.element.firstChild) { mark.element.classList.add("point"); }
      if (mark.begin.some(function (number) { return visible[number]; })) {
        mark.element.tabIndex = 0;
      } else {
        mark.element.removeAttribute("tabindex");
      }
    });
    document.querySelectorAll(".count[data-range]").forEach(function (badge) {
      var range = badge.dataset.range.split(" ");
      var count = before[+range[1]] - before[+range[0]];
      badge.textContent = count || "";
    });
    var total = before[notes.length];
    shown.textContent = shown.dataset.text.replace("{n}", total).replace("{m}", notes.length);
    document.getElementById("previous").disabled = document.getElementById("next").disabled = !total;
    var all = boxes("rule").every(function (b) { return b.checked; });
    filters.classList.toggle("partial", !all);
    describe();
  }

  function describe() {
    marks.forEach(function (mark) {
      if (mark.element.tabIndex === 0) {
        mark.element.setAttribute("aria-expanded", String(isOpen(mark)));
      }
    });
  }

  function seen(mark) {
    return mark.all.filter(function (number) { return visible[number]; });
  }

  function isOpen(mark) {
    var numbers = seen(mark);
    return numbers.length > 0 && numbers.every(function (number) { return notes[number].classList.contains("open"); });
  }

  function light(number) {
    document.querySelectorAll("mark.current").forEach(function (m) { m.classList.remove("current"); });
    current = number;
    if (number >= 0) {
      marksOf[number].forEach(function (m) { m.element.classList.add("current"); });
    }
  }

  function toggle(mark) {
    var numbers = seen(mark);
    if (!numbers.length) { return; }
    var open = !isOpen(mark);
    numbers.forEach(function (number) { notes[number].classList.toggle("open", open); });
    light(open ? numbers[0] : -1);
    current = numbers[0];
    hideTip();
    describe();
  }

  function go(number) {
    notes[number].classList.add("open");
    light(number);
    var mark = marksOf[number][0];
    var line = mark.element.closest(".line");
    line.scrollIntoView({ block: "nearest" });
    mark.element.scrollIntoView({ block: "center" });
    mark.element.focus({ preventScroll: true });
    hideTip();
    describe();
  }

  function step(by) {
    for (var turn = 1; turn <= notes.length; turn++) {
      var from = current < 0 && by < 0 ? 0 : current;
      var number = (from + by * turn + notes.length * 2) % notes.length;
      if (visible[number]) { go(number); return; }
    }
  }

  function showTip(mark) {
    var numbers = seen(mark);
    if (!numbers.length || isOpen(mark)) { return; }
    tip.textContent = "";
    numbers.forEach(function (number) {
      var line = document.createElement("p");
      line.className = notes[number].dataset.level;
      line.textContent = notes[number].querySelector(".say").textContent;
      tip.appendChild(line);
    });
    tip.hidden = false;
    var place = mark.element.getClientRects()[0] || mark.element.getBoundingClientRect();
    var left = Math.max(8, Math.min(place.left, document.documentElement.clientWidth - tip.offsetWidth - 8));
    var below = place.bottom + 6;
    var fits = below + tip.offsetHeight < window.innerHeight;
    tip.style.left = left + "px";
    tip.style.top = (fits ? below : Math.max(8, place.top - tip.offsetHeight - 6)) + "px";
  }

  function hideTip() { tip.hidden = true; }

  function marked(event) {
    var element = event.target instanceof Element ? event.target.closest("mark") : null;
    return element ? markOf.get(element) : undefined;
  }

  document.addEventListener("click", function (event) {
    var mark = marked(event);
    if (mark) { toggle(mark); return; }
    var button = event.target instanceof Element ? event.target.closest("button[data-pick]") : null;
    if (button) {
      boxes("rule").forEach(function (b) { b.checked = button.dataset.pick === "all"; });
      apply();
    }
    // The list of rules lies over the drafts: a click beside it closes it.
    var list = document.getElementById("rules");
    if (list && list.open && !list.contains(event.target)) { list.open = false; }
  });
  document.addEventListener("mouseover", function (event) {
    var mark = marked(event);
    if (mark) { showTip(mark); } else { hideTip(); }
  });
  document.addEventListener("focusin", function (event) {
    var mark = marked(event);
    // A click focuses as well, and will open the note.
    if (mark && mark.element.matches(":focus-visible")) { showTip(mark); } else { hideTip(); }
  });
  window.addEventListener("scroll", hideTip, { passive: true });
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    var mark = marked(event);
    if (mark && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      toggle(mark);
    } else if (event.key === "Escape") {
      hideTip();
      var list = document.getElementById("rules");
      if (list) { list.open = false; }
      if (mark && isOpen(mark)) { toggle(mark); }
    } else if (event.key === "n" || event.key === "p") {
      step(event.key === "n" ? 1 : -1);
    }
  });
  document.getElementById("next").addEventListener("click", function () { step(1); });
  document.getElementById("previous").addEventListener("click", function () { step(-1); });
  filters.addEventListener("change", function (event) {
    if (event.target === expand) {
      notes.forEach(function (note) { note.classList.toggle("open", expand.checked); });
      describe();
    } else {
      apply();
    }
  });
  filters.addEventListener("submit", function (event) { event.preventDefault(); });

  var outline = document.getElementById("outline");
  var wide = window.matchMedia("(min-width: 60rem)");
  function fold() { outline.open = wide.matches; }
  wide.addEventListener("change", fold);
  fold();
  outline.addEventListener("click", function (event) {
    if (!wide.matches && event.target instanceof Element && event.target.closest("a")) { outline.open = false; }
  });

  function follow() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) { return; }
    if (target.tagName === "DETAILS") { target.open = true; target.scrollIntoView(); }
    if (numberOf.has(target.id)) { go(numberOf.get(target.id)); }
  }
  window.addEventListener("hashchange", follow);
  apply();
  follow();
})();
