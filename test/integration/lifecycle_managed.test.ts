import { expect } from 'chai';
import pg from 'pg';
import { type Database, enterScope, migrateUp, openNative, PUBLIC_SCOPE } from '../../server/db/index.ts';
import { ENGINE } from '../support/database.ts';
import { type PostgresCluster, startPostgresCluster, TEMPLATE } from '../support/postgres_cluster.ts';

/** On the embedded engine the server is alone and owns everything: there is nobody to ask for rights. */
if (ENGINE === 'native')
  describe('migrations on a PostgreSQL that somebody else runs', function () {
    this.timeout(180_000);
    let cluster: PostgresCluster;
    const admin = async (database: string, ...statements: string[]): Promise<void> => {
      const url = Object.assign(new URL(cluster.url), { pathname: `/${database}` }).href;
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      for (const sql of statements) await client.query(sql);
      await client.end();
    };
    const as = (user: string, database: string): Database =>
      openNative(Object.assign(new URL(cluster.url), { username: user, pathname: `/${database}` }).href);
    const migrate = async (user: string, database: string): Promise<string> => {
      const opened = as(user, database);
      try {
        await migrateUp(opened.knex);
        // and what every request does afterwards
        return await opened.knex.transaction(async (db) => {
          await enterScope(db, PUBLIC_SCOPE);
          const { rows } = await db.raw<{ rows: { who: string }[] }>('select current_user as who');
          await db.raw('select count(*) from land_check');
          return rows[0]!.who;
        });
      } catch (error) {
        return (error as Error).message;
      } finally {
        await opened.close();
      }
    };

    before(async () => {
      cluster = await startPostgresCluster();
    });
    after(() => cluster.stop());

    /** Migrates, and runs as an administrator what the error says, until nothing is missing; answers those statements. */
    const withHelp = async (user: string, database: string): Promise<string[]> => {
      const ran: string[] = [];
      for (let tries = 0; tries < 4; tries++) {
        const told = await migrate(user, database);
        if (told === 'cunma_app') return ran;
        expect(told).to.match(/^The database user \w+ may not/);
        const statements = /run(?: in this database)?: (.*;)$/.exec(told)![1]!;
        await admin(database, statements);
        ran.push(statements);
      }
      return [...ran, 'and still not'];
    };
    const make = (name: string, rights: string, template: string) =>
      admin(
        'postgres',
        `create role ${name} login ${rights}`,
        `create database ${name} owner ${name} template ${template}`,
      );

    it('need nothing but what an administrator has run, which the error says word for word', async () => {
      await make('plain', '', 'template0');
      expect(await withHelp('plain', 'plain')).to.deep.equal([
        'create extension postgis;',
        'create role cunma_app nologin; create role cunma_sign_in nologin; grant cunma_app, cunma_sign_in to plain;',
      ]);
    });

    it('say what is missing where another installation has made the roles', async () => {
      await make('beside', '', TEMPLATE);
      expect(await withHelp('beside', 'beside')).to.deep.equal(['grant cunma_app, cunma_sign_in to beside;']);
    });

    it('make the roles by themselves with CREATEROLE, without a superuser', async () => {
      for (const name of ['plain', 'beside'])
        await admin('postgres', `drop database ${name} with (force)`, `drop owned by ${name}`);
      await admin('postgres', 'drop role cunma_app, cunma_sign_in');
      await make('maker', 'createrole', TEMPLATE);
      expect(await withHelp('maker', 'maker')).to.deep.equal([]);
    });
  });
