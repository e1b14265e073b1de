/** Decimals of the smallest amount there is. */
const DIGITS = 6

/** The exact sum of amounts of one currency, as they come over the wire. Never add them as numbers. */
export function sum(amounts: Iterable<string>): string {
  let micros = 0n
  for (const amount of amounts) micros += toMicros(amount)
  return fromMicros(micros)
}

/** An amount in millionths of its currency's unit. */
export function toMicros(amount: string): bigint {
  const found = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(amount)
  if (!found) throw new RangeError(`not an amount: ${amount}`)
  const [, sign, whole, fraction = ''] = found
  const size = BigInt(`${whole}${fraction.padEnd(DIGITS, '0')}`)
  return sign ? -size : size
}

/** Millionths as an amount with at least two decimals. */
export function fromMicros(micros: bigint): string {
  const digits = (micros < 0n ? -micros : micros).toString().padStart(DIGITS + 1, '0')
  const fraction = digits.slice(-DIGITS).replace(/0{1,4}$/, '')
  return `${micros < 0n ? '-' : ''}${digits.slice(0, -DIGITS)}.${fraction}`
}
