// SPDX-License-Identifier: GPL-2.0-only
// Filtering, searching, stepping and copying. Without a script the page shows everything. Nothing
// here is made from text of a report: elements are only shown, hidden, focused and selected.
'use strict';
(() => {
  const root = document.documentElement;
  root.classList.add('script');

  // Printed, what is folded is open.
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('details:not([open])')];
    for (const details of opened) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
  });

  const controls = document.querySelector('.controls');
  if (!controls) return;
  const [search, api, rule, keys, shown] =
      ['search', 'api', 'rule', 'keys', 'shown'].map((id) => document.getElementById(id));
  const boxes = [...controls.querySelectorAll('[name=group]')];
  const groups = [...document.querySelectorAll('.group')];
  const findings = [...document.querySelectorAll('article')].map((element) => ({
    element,
    group: element.parentElement,
    apis: ` ${element.dataset.api} `,
    rules: ` ${element.dataset.rule} `,
    text: null,
  }));

  // What a finding says, without what is said of its rule; gathered before the first search.
  const textOf = (finding) => finding.text ??=
      [...finding.element.children].filter((child) => !child.matches('.why'))
          .map((child) => child.textContent).join('\n').toLowerCase();

  const apply = () => {
    const open = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const in_use = new Set();
    let count = 0;
    for (const finding of findings) {
      const show = open.has(finding.group.id) &&
          (!api.value || finding.apis.includes(` ${api.value} `)) &&
          (!rule.value || finding.rules.includes(` ${rule.value} `)) &&
          words.every((word) => textOf(finding).includes(word));
      if (finding.element.hidden === show) finding.element.hidden = !show;
      if (show) {
        in_use.add(finding.group);
        count++;
      }
    }
    for (const group of groups) group.hidden = !in_use.has(group);
    shown.textContent = `${count.toLocaleString('en')} of ${
        findings.length.toLocaleString('en')} shown`;
  };

  const reset = () => {
    for (const box of boxes) box.checked = box.defaultChecked;
    search.value = api.value = rule.value = '';
    apply();
  };

  const step = (by) => {
    const visible = findings.filter((finding) => !finding.element.hidden)
        .map((finding) => finding.element);
    const at = visible.indexOf(document.activeElement.closest('article'));
    const next = visible[at < 0 ? 0 : at + by];
    if (!next) return;
    next.focus({preventScroll: true});
    next.scrollIntoView({block: 'start'});
  };

  // The address names a finding: whatever the filters say, it is shown.
  const reveal = () => {
    const finding = findings.find(({element}) => element.id && `#${element.id}` === location.hash);
    if (!finding) return;
    if (finding.element.hidden) {
      reset();
      boxes.find((box) => box.value === finding.group.id).checked = true;
      apply();
    }
    finding.element.focus({preventScroll: true});
    finding.element.scrollIntoView({block: 'start'});
  };

  // Where the controls stay in view, what is scrolled to comes to stand below them.
  new ResizeObserver(() => {
    const stay = getComputedStyle(controls).position === 'sticky';
    root.style.scrollPaddingTop = stay ? `${controls.offsetHeight + 8}px` : '';
  }).observe(controls);

  search.addEventListener('focus', () => findings.forEach(textOf), {once: true});
  controls.addEventListener('input', apply);
  document.getElementById('reset').addEventListener('click', reset);
  addEventListener('hashchange', reveal);

  document.addEventListener('keydown', (event) => {
    const typing = event.target.matches('input:not([type=checkbox]), select, textarea');
    if (!keys.checked || typing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === '/') {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === 'j') {
      step(1);
    } else if (event.key === 'k') {
      step(-1);
    }
  });

  // Selected, then copied: where a browser refuses, the text is ready for Ctrl+C.
  document.addEventListener('click', (event) => {
    const button = event.target.closest('.copy');
    if (!button) return;
    getSelection().selectAllChildren(button.previousElementSibling);
    button.textContent = document.execCommand('copy') ? 'Copied' : 'Press Ctrl+C';
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  });

  apply();
  reveal();
})();
