/** Burn-downs: the day under the pointer, or chosen with the arrow keys, with its counts in a small box. */
for (const figure of document.querySelectorAll('figure.burndown')) {
  const source = figure.querySelector('template.points')
  if (source) follow(figure, source.content.textContent.trim())
}

function follow(figure, text) {
  const [labels, ...days] = text.split('\n').map(line => line.split('\t'))
  if (days.length === 0) return
  const tip = document.createElement('div')
  tip.className = 'tip'
  tip.ariaHidden = 'true'
  tip.hidden = true
  figure.append(tip)
  // Where nothing hovers there are mostly no arrow keys.
  figure.querySelector('.hover').hidden = matchMedia('(hover: none)').matches
  let current = days.length
  const show = (svg, index) => {
    current = Math.max(0, Math.min(days.length - 1, index))
    const [day, ...texts] = days[current]
    tip.textContent = [day, ...labels.map((label, column) => `${label}  ${texts[column]}`)].join('\n')
    tip.hidden = false
    place(figure, svg, tip, day)
  }
  const hide = () => {
    tip.hidden = true
    for (const cursor of figure.querySelectorAll('.cursor')) cursor.classList.remove('on')
  }
  for (const svg of figure.querySelectorAll('svg.drawing')) {
    svg.setAttribute('tabindex', '0')
    svg.addEventListener('pointermove', event => show(svg, nearest(svg, days, event)))
    svg.addEventListener('pointerleave', hide)
    svg.addEventListener('blur', hide)
    svg.addEventListener('keydown', event => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
      if (event.key === 'Escape') hide()
      if (!step) return
      event.preventDefault()
      show(svg, current + step)
    })
  }
}

/** The share of the window that has passed on a day, as pixels of the drawing. */
function pixelOf(svg, day) {
  const { left, right, from, to } = svg.dataset
  const whole = Date.parse(to) - Date.parse(from)
  if (whole === 0) return (Number(left) + Number(right)) / 2
  return Number(left) + ((Date.parse(day) - Date.parse(from)) / whole) * (right - left)
}

function nearest(svg, days, event) {
  const box = svg.getBoundingClientRect()
  const pixel = ((event.clientX - box.left) / box.width) * svg.viewBox.baseVal.width
  const distance = index => Math.abs(pixelOf(svg, days[index][0]) - pixel)
  let low = 0
  let high = days.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (pixelOf(svg, days[middle][0]) < pixel) low = middle + 1
    else high = middle
  }
  return low > 0 && distance(low - 1) < distance(low) ? low - 1 : low
}

function place(figure, svg, tip, day) {
  const pixel = pixelOf(svg, day)
  const cursor = svg.querySelector('.cursor')
  cursor.setAttribute('transform', `translate(${pixel})`)
  cursor.classList.add('on')
  const outer = figure.getBoundingClientRect()
  const inner = svg.getBoundingClientRect()
  const left = inner.left - outer.left + (pixel / svg.viewBox.baseVal.width) * inner.width
  const room = outer.width - tip.offsetWidth
  tip.style.left = `${Math.max(0, left + 12 <= room ? left + 12 : left - 12 - tip.offsetWidth)}px`
  tip.style.top = `${inner.top - outer.top + 24}px`
}
