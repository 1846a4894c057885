const KEY = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._&+-]{0,63}$/u

/**
 * Whether a text can be the part of an address that names a thing: 1 to 64 letters, digits, `.` `_` `-` `&` `+`
 * of any script, a letter or digit first, composed (NFC) so that what looks the same is the same.
 */
export function isKey(text: string): boolean {
  return KEY.test(text) && text === text.normalize('NFC')
}
