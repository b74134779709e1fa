export class Handset {
  constructor(root: HTMLElement) { root.hidden = false; }
}
