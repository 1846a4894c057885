/** The fields of the form on a page with what stands in them. */
export function fieldsOf(html: string): Record<string, string> {
  const [, form = ''] = /<form class="stacked"[^>]*>(.*)<\/form>/s.exec(html) ?? []
  const inputs = [...form.matchAll(/<input[^>]*>/g)].flatMap(([tag]) => {
    const isUnticked = tag.includes('type="checkbox"') && !tag.includes(' checked')
    return isUnticked ? [] : [[of(tag, 'name'), of(tag, 'value')]]
  })
  const texts = [...form.matchAll(/<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)</g)].map(([, ...one]) => one)
  const choices = [...form.matchAll(/<select[^>]*name="([^"]*)".*?<\/select>/gs)].map(([select, name]) => [
    name,
    /<option value="([^"]*)" selected/.exec(select)?.[1] ?? '',
  ])
  return Object.fromEntries([...inputs, ...texts, ...choices])
}

function of(tag: string, attribute: string): string {
  return new RegExp(` ${attribute}="([^"]*)"`).exec(tag)?.[1] ?? ''
}
