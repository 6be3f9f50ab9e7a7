/** Something a shell may offer. */
export interface Offer {
  /** One that ends in `/` is to be typed on: no blank follows it. */
  value: string;
  description?: string;
}
