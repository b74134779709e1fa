/** Reads answers aloud where the browser can, as long as the caller wants it. */
export class Voice {
  constructor(private readonly wanted: HTMLInputElement) {
    wanted.addEventListener("change", () => wanted.checked || this.hush());
    if (!("speechSynthesis" in window)) {
      wanted.checked = false;
      wanted.disabled = true;
    }
  }

  speak(words: string): void {
    this.hush();
    if (!this.wanted.checked || words === "") return;
    const utterance = new SpeechSynthesisUtterance(words);
    utterance.lang = document.documentElement.lang;
    speechSynthesis.speak(utterance);
  }

  hush(): void {
    if ("speechSynthesis" in window) speechSynthesis.cancel();
  }
}
