import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { inflate } from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'
import decompress from 'woff2-encoder/decompress'

const require = createRequire(import.meta.url)

/** A headless Chromium: the one at `CHROMIUM_PATH`, or the one from npm, or where npm has none an installed one. */
export async function launchChromium(): Promise<Browser> {
  const given = process.env.CHROMIUM_PATH ?? (HAS_NPM_CHROMIUM ? undefined : '/usr/bin/chromium')
  const kept = await unpacked()
  return await chromium.launch({
    executablePath: given ?? join(kept, 'chromium'),
    args: QUIET,
    chromiumSandbox: false,
    env: {
      ...environment(),
      FONTCONFIG_FILE: join(kept, 'fonts.conf'),
      ...(given ? {} : { LD_LIBRARY_PATH: join(kept, 'al2023', 'lib') }),
    },
  })
}

const HAS_NPM_CHROMIUM = process.platform === 'linux' && process.arch === 'x64'

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
  '--font-render-hinting=none',
]

/** The folder beside node_modules' packages with browser, libraries and fonts: filled once, 200 MB, 3 seconds. */
async function unpacked(): Promise<string> {
  const packed = resolve(dirname(require.resolve('@sparticuz/chromium')), '..')
  const { version } = JSON.parse(readFileSync(join(packed, 'package.json'), 'utf8'))
  const folder = resolve(packed, '../../.cache', `chromium-${version}`)
  if (existsSync(folder)) return folder
  const own = `${folder}-${process.pid}`
  mkdirSync(own, { recursive: true })
  await inflateInto(
    own,
    ['chromium.br', 'fonts.tar.br', 'al2023.tar.br'].map(name => join(packed, 'bin', name)),
  )
  await addChineseFont(join(own, 'fonts'))
  writeFileSync(join(own, 'fonts.conf'), fontConfiguration(folder))
  try {
    renameSync(own, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
    rmSync(own, { recursive: true })
  }
  return folder
}

/** The package unpacks to the system's temporary folder, which it reads from TMPDIR when called. */
async function inflateInto(folder: string, files: string[]): Promise<void> {
  const usual = process.env.TMPDIR
  process.env.TMPDIR = folder
  const done = files.map(file => inflate(file))
  if (usual === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = usual
  await Promise.all(done)
}

/** Chromium finds a font by its glyphs only when it is installed, and then reads TrueType but not WOFF2. */
async function addChineseFont(folder: string): Promise<void> {
  const packed = join(dirname(require.resolve('@fontsource-variable/noto-sans-sc/package.json')), 'files')
  for (const name of readdirSync(packed)) {
    writeFileSync(join(folder, `${name}.ttf`), await decompress(readFileSync(join(packed, name))))
  }
}

/** Only the fonts that came from npm, so that every machine draws the same page. */
function fontConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'font-cache')}</cachedir></fontconfig>
`
}

function environment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter(entry => entry[1] !== undefined)) as Record<
    string,
    string
  >
}
