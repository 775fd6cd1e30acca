export * from './check.ts';
export * from './geometry.ts';
export * from './layer.ts';
export * from './place.ts';
export * from './problem.ts';
export * from './shape.ts';
export * from './upload.ts';
export * from './village.ts';
