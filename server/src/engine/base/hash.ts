/** A 64-bit FNV-1a style hash as 16 hex digits: stable across versions and platforms, for fingerprints. Not for secrets. */
export function hash(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit ^ (low >>> 16), 0x85ebca6b);
  }
  const hex = (n: number) => (n >>> 0).toString(16).padStart(8, '0');
  return hex(low) + hex(high ^ (low >>> 13));
}
