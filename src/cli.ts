import { Command } from 'commander'

const program = new Command('last-orders').description(
  'The register in which a company switches its old systems off',
)

await program.parseAsync()
