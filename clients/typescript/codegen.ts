import type { CodegenConfig } from '@graphql-codegen/cli'

/** How the schema's own scalars come over the wire: all of them as text, so that no amount passes through a float. */
const scalars = {
  BigInt: 'string',
  CurrencyCode: 'string',
  Date: 'string',
  DateTime: 'string',
  Decimal: 'string',
  Month: 'string',
}

const config: CodegenConfig = {
  schema: '../../schema.graphql',
  documents: 'operations/*.graphql',
  // Another directory, so that a test can generate anew and compare.
  generates: {
    [`${process.env.GENERATED ?? 'src/generated'}/api.ts`]: {
      plugins: ['typescript', 'typescript-operations', 'typed-document-node'],
      config: {
        scalars,
        strictScalars: true,
        enumsAsTypes: true,
        // New values and fields may come at any time.
        futureProofEnums: true,
        useTypeImports: true,
        skipTypename: true,
        inlineFragmentTypes: 'combine',
        documentMode: 'string',
        dedupeFragments: true,
      },
    },
  },
}

export default config
