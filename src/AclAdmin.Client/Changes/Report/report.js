
'use strict';
(() => {
  const form = document.getElementById('filters');
  const [text, state, list, run, shown, nothing] =
    ['text', 'state', 'list', 'run', 'shown', 'nothing'].map((id) => document.getElementById(id));
  const number = new Intl.NumberFormat('en-US');
  const runs = [...document.querySelectorAll('section.run')].map((section) => ({
    section,
    blocks: [...section.querySelectorAll('.block')].map((block) => ({
      block,
      changes: [...block.querySelectorAll('tbody')].map((body) => ({ body, words: null })),
    })),
  }));
  const total = runs.reduce((sum, one) => sum + one.blocks.reduce((part, each) => part + each.changes.length, 0), 0);

  // Cells are put apart, so that a search finds nothing that goes over their border.
  const wordsOf = (change) =>
    (change.words ??= [...change.body.querySelectorAll('b,code,span,small,th.field,td.before,td.after,p,time')]
      .map((part) => part.textContent).join('\n').toLowerCase());

  const apply = () => {
    const wanted = text.value.trim().toLowerCase();
    let count = 0;
    for (const { section, blocks } of runs) {
      const isRun = !run.value || section.dataset.run === run.value;
      let inRun = 0;
      for (const { block, changes } of blocks) {
        let inBlock = 0;
        for (const change of changes) {
          const isShown = isRun
            && (!state.value || change.body.dataset.state === state.value)
            && (!list.value || change.body.dataset.list === list.value)
            && (!wanted || wordsOf(change).includes(wanted));
          change.body.hidden = !isShown;
          inBlock += isShown ? 1 : 0;
        }
        block.hidden = inBlock === 0;
        inRun += inBlock;
      }
      section.hidden = inRun === 0;
      count += inRun;
    }
    nothing.hidden = count > 0;
    shown.textContent = (count === total ? '' : number.format(count) + ' of ') + number.format(total) + (total === 1 ? ' change' : ' changes');
  };

  let timer = 0;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(apply, 120);
  });
  form.addEventListener('reset', () => setTimeout(apply));
  form.addEventListener('submit', (event) => event.preventDefault());
  // A link to a change that a filter hides shows it.
  addEventListener('hashchange', () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (target && target.closest('[hidden]')) {
      form.reset();
      setTimeout(() => target.scrollIntoView());
    }
  });
  form.hidden = total === 0;
})();
