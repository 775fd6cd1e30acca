import { useEffect, useRef, useState } from 'react';

/** A number that moves no more often than every `ms`, save from 0 at once: what is said aloud must leave pauses. */
export function useSeldom(value: number, ms: number): number {
  const [told, setTold] = useState(value);
  const since = useRef(Date.now());
  useEffect(() => {
    if (told === value) return;
    const wait = told === 0 ? 0 : Math.max(since.current + ms - Date.now(), 0);
    const timer = setTimeout(() => {
      since.current = Date.now();
      setTold(value);
    }, wait);
    return () => clearTimeout(timer);
  }, [told, value, ms]);
  return told;
}
