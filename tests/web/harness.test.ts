import express from 'express'
import { expect, test } from 'vitest'
import { serve } from '../support/server.ts'

test('a form is sent as a page would send it, and a redirection is seen', async () => {
  const app = express().use(express.urlencoded())
  app.post('/gates', (request, response) => {
    const from = request.headers['sec-fetch-site']
    response.redirect(303, `/gates/${encodeURIComponent(request.body.name)}?from=${from}`)
  })
  const site = await serve(app)
  const answer = await site.post('/gates', { name: '审计' })
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe('/gates/%E5%AE%A1%E8%AE%A1?from=same-origin')
  expect((await site.get('/nowhere')).status).toBe(404)
})
