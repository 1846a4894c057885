/** Forms: every page works without this file, and with it a round of counts is quicker to type. */
for (const form of document.querySelectorAll('form[data-round]')) speedUp(form)
for (const form of document.querySelectorAll('form[method="post" i]')) guard(form)
for (const here of document.querySelectorAll('.neighbourhood .here')) showMiddle(here)

/** A picture wider than the screen opens at the service that it is about. */
function showMiddle(here) {
  const scroll = here.closest('.scroll')
  const [inside, outside] = [here.getBoundingClientRect(), scroll.getBoundingClientRect()]
  scroll.scrollLeft += inside.x + inside.width / 2 - outside.x - outside.width / 2
}

/** Enter goes on to the next count, and sends from the last; a copied column fills the fields below. */
function speedUp(form) {
  const fields = [...form.querySelectorAll('input[inputmode="tel"]:not(:disabled)')]
  for (const [index, field] of fields.entries()) {
    const next = fields[index + 1]
    field.addEventListener('keydown', event => {
      if (event.key !== 'Enter' || event.isComposing || !next) return
      event.preventDefault()
      next.focus()
      next.select()
    })
    field.addEventListener('paste', event => {
      const cells = columnOf(event.clipboardData?.getData('text/plain') ?? '')
      if (cells.length < 2) return
      event.preventDefault()
      tellLost(form, fillFrom(fields.slice(index), cells))
    })
  }
}

/** The first column of what a spreadsheet puts on the clipboard. Empty cells stay, so that rows keep in step. */
function columnOf(text) {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n')
  return lines.map(line => line.split('\t')[0].trim())
}

/** Gives how many cells found no field. */
function fillFrom(fields, cells) {
  for (const [index, cell] of cells.slice(0, fields.length).entries()) {
    if (cell === '') continue
    fields[index].value = cell
    fields[index].dispatchEvent(new Event('input', { bubbles: true }))
  }
  fields[Math.min(cells.length, fields.length) - 1].focus()
  return cells.slice(fields.length).filter(cell => cell !== '').length
}

/** What did not fit is said, not dropped without a word. */
function tellLost(form, lost) {
  const line = form.querySelector('[data-lost]')
  line.textContent = lost > 0 ? line.dataset.lost.replace('#', lost) : ''
}

/** Asks before typed changes are left behind. A form that was shown again with what was typed counts as changed. */
function guard(form) {
  let isChanged = 'typed' in form.dataset
  form.addEventListener('input', () => {
    isChanged = true
  })
  form.addEventListener('submit', () => {
    isChanged = false
  })
  addEventListener('beforeunload', event => {
    if (isChanged) event.preventDefault()
  })
}
