// Takes the page anew each second and changes only what differs, so that focus, selection and open parts stay.
(() => {
  'use strict';
  const main = document.querySelector('main[data-live]');
  if (!main) return;
  const status = document.getElementById('status');
  const bar = document.querySelector('.bar');
  const button = document.createElement('button');
  button.type = 'button';
  bar.append(button);
  let paused = false;
  let failures = 0;

  const label = () => {
    button.textContent = paused ? 'Resume updates' : 'Pause updates';
    button.setAttribute('aria-pressed', String(paused));
  };

  function attributes(now, next) {
    for (const one of [...now.attributes]) {
      if (!next.hasAttribute(one.name) && one.name !== 'open') now.removeAttribute(one.name);
    }
    for (const one of next.attributes) {
      if (now.getAttribute(one.name) !== one.value) now.setAttribute(one.name, one.value);
    }
  }

  function morph(now, next) {
    if (now.nodeType !== next.nodeType || now.nodeName !== next.nodeName || key(now) !== key(next)) {
      now.replaceWith(document.importNode(next, true));
    } else if (now.nodeType === Node.TEXT_NODE) {
      if (now.data !== next.data) now.data = next.data;
    } else if (now.nodeType === Node.ELEMENT_NODE && now.nodeName !== 'FORM') {
      attributes(now, next);
      const olds = [...now.childNodes];
      const news = [...next.childNodes];
      news.forEach((child, i) => {
        if (i < olds.length) morph(olds[i], child);
        else now.append(document.importNode(child, true));
      });
      olds.slice(news.length).forEach(child => child.remove());
    }
  }

  function key(node) {
    return node.nodeType === Node.ELEMENT_NODE ? node.getAttribute('data-key') : null;
  }

  function say(text) {
    if (status.textContent !== text) status.textContent = text;
  }

  async function update() {
    if (!paused && !document.hidden) {
      try {
        const response = await fetch(location.href, {cache: 'no-store', redirect: 'error', signal: AbortSignal.timeout(5000)});
        if (!response.ok) throw new Error('status ' + response.status);
        const page = new DOMParser().parseFromString(await response.text(), 'text/html');
        const next = page.querySelector('main[data-live]');
        if (next && !paused) {
          const before = main.dataset.summary;
          morph(main, next);
          morph(document.querySelector('.facts'), page.querySelector('.facts'));
          document.title = page.title;
          if (failures > 0) say('Updates go on.');
          else if (before !== main.dataset.summary) say(main.dataset.summary);
        }
        failures = 0;
      } catch (e) {
        failures++;
        if (failures === 3) say('No answer from Fairlead: what is shown is old.');
      }
    }
    setTimeout(update, failures > 2 ? 5000 : 1000);
  }

  button.addEventListener('click', () => { paused = !paused; label(); });
  label();
  setTimeout(update, 1000);
})();
