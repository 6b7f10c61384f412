export { openMoto, type Moto } from '../infra/local/moto.ts';
