import type { Command } from 'commander'
import { BadInput } from './bad-input.ts'
import type { ForecastOptions } from './forecast.ts'
import type { Open } from './opened.ts'

/** Every command with its arguments. What a command is made of is read when it runs: that is most of a start. */
export function registerCommands(program: Command, open: Open): void {
  registerRegister(program, open)
  registerLandscape(program, open)
  registerPlans(program, open)
  program
    .command('analyze')
    .description('Judge which services of a landscape file can be shut down, and print the answer as JSON')
    .argument('<file>', 'landscape as JSON; - reads standard input')
    .option('--stamp', 'print only the day, the rules and the hash of the input, as pages show them')
    .action(async (file: string, options: { stamp?: true }) =>
      (await import('./analyze.ts')).analyze(file, options),
    )
  registerForecast(program)
}

function registerRegister(program: Command, open: Open): void {
  program
    .command('config')
    .description('Print all options with their values and where they come from')
    .option('--json', 'as JSON')
    .action(async (options: { json?: true }) => (await import('./config.ts')).printConfig(options))
  program
    .command('export')
    .description('Write the whole register, history included, as one JSON file')
    .argument('<file>', 'file to write; - writes to standard output')
    .option('--force', 'replace the file when it is there already')
    .action(async (file: string, { force }: { force?: true }) =>
      (await import('./export.ts')).exportTo(file, force === true ? 'replace' : 'refuse', open),
    )
  program
    .command('import')
    .description('Read an exported register into an empty database')
    .argument('<file>', 'file that export wrote; - reads standard input')
    .action(async (file: string) => (await import('./import.ts')).importFrom(file, open))
  program
    .command('verify')
    .description('Compare all kept totals with the readings they were made of')
    .action(async () => (await import('./verify.ts')).verify(open))
}

function registerLandscape(program: Command, open: Open): void {
  program
    .command('landscape')
    .description('Print the register as a landscape for analyze')
    .option('--format <format>', 'json, or judged as csv, dot (Graphviz) or mmd (Mermaid)', 'json')
    .action(async ({ format }: { format: string }) =>
      (await import('./landscape.ts')).printLandscape(format, open),
    )
}

function registerPlans(program: Command, open: Open): void {
  program
    .command('plans')
    .description('List the plans that were kept: number, day, name, by whom')
    .option('--json', 'as JSON')
    .action(async (options: { json?: true }) => (await import('./plans.ts')).printPlans(options, open))
  program
    .command('plan')
    .description('Print a kept plan against what became of it, as JSON; or keep the plan of today')
    .argument('<name>', 'name of the plan, or its number')
    .option('--keep', 'keep the plan of today under this name; prints its number')
    .option('--note <note>', 'what to remember about a plan that is kept')
    .action(async (name: string, { keep, note }: { keep?: true; note?: string }) => {
      const { keepToday, printPlan } = await import('./plans.ts')
      if (keep) return keepToday(name, note, open)
      if (note !== undefined) throw new BadInput('--note goes with --keep')
      return printPlan(name, open)
    })
}

const EVERY_TWENTIETH = Array.from({ length: 19 }, (_, index) => (index + 1) / 20).join(',')

export function registerForecast(program: Command): void {
  program
    .command('forecast')
    .description('When will the last one be gone? From a CSV file with the columns series,date,count')
    .option(
      '--readings <file>',
      'CSV file, or - for standard input; a column as_of gives each series its own day',
    )
    .option(
      '--maturity <file>',
      'CSV file with the columns series,date,count: how many contracts end on which day, - for no end day',
    )
    .option('--as-of <day>', 'the day to look from, YYYY-MM-DD; later readings are ignored')
    .option('--horizons <days>', 'days ahead at which the count is asked for', '30,90,180')
    .option('--levels <levels>', 'counts to reach: half, quarter, or numbers', 'half,quarter,0')
    .option('--probs <shares>', 'quantiles, each above 0 and below 1', EVERY_TWENTIETH)
    .option('--json', 'as JSON instead of a table')
    .action(async (options: ForecastOptions, command: Command) =>
      (await import('./forecast.ts')).printForecast(options, command),
    )
}
