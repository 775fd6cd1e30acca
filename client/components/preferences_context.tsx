import { createContext, useContext } from 'react';

export interface Preferences {
  large: boolean;
  setLarge(large: boolean): void;
}
const PreferencesContext = createContext<Preferences>({ large: false, setLarge: () => undefined });
export const PreferencesProvider = PreferencesContext;
export const usePreferences = () => useContext(PreferencesContext);
