import { expect } from 'chai';
import { readUserArguments } from '../../../server/cli/user_arguments.ts';

const read = (line: string) => readUserArguments(line.split(' ').filter((word) => word !== ''));
const faulty = (fault: string | null) => ({ action: 'usage', fault });

describe('cunma user', () => {
  it('reads a new account, with roles in its own area or another', () => {
    expect(
      read('create LiMing --name 李明 --area 410821 --role planner --role inspector:410821101'),
    ).to.deep.equal({
      action: 'create',
      account: {
        login: 'liming',
        name: '李明',
        division_code: '410821',
        assignments: [
          { role: 'planner', division_code: '410821' },
          { role: 'inspector', division_code: '410821101' },
        ],
      },
    });
  });

  it('reads the others', () => {
    expect(read('list')).to.deep.equal({ action: 'list', area: null });
    expect(read('list --area 41')).to.deep.equal({ action: 'list', area: '41' });
    expect(read('password-link li')).to.deep.equal({ action: 'password-link', login: 'li' });
    expect(read('assign li --role planner:41 --remove')).to.deep.equal({
      ...{ action: 'assign', login: 'li', role: 'planner', area: '41', remove: true },
    });
    expect(read('first-link')).to.deep.equal({ action: 'first-link' });
    expect(read('')).to.deep.equal(faulty(null));
    expect(read('deactivate --help')).to.deep.equal(faulty(null));
  });

  for (const [line, fault] of [
    ['erase li', 'erase'],
    ['constructor', 'constructor'],
    ['create', 'create'],
    ['create li wang --name x --area 41', 'create li wang'],
    ['create Li! --name x --area 41', 'Li!'],
    ['create li --area 41', '--name '],
    ['create li --name x', '--area'],
    ['create li --name x --area 4', '--area 4'],
    ['create li --name x --area 41 --role king', '--role king'],
    ['create li --name x --area 41 --role planner:4', '--role planner:4'],
    ['create li --name x --area 41 --role planner:41:42', '--role planner:41:42'],
    ['create li --name x --area 41 --password secret', 'create li --name x --area 41 --password secret'],
    ['assign li', '--role '],
    ['assign li --role planner --role leader', '--role planner leader'],
    ['deactivate li --remove', '--remove'],
    ['list li', 'list li'],
  ] as const)
    it(`does not guess at: ${line}`, () => {
      expect(read(line)).to.deep.equal(faulty(fault));
    });
});
